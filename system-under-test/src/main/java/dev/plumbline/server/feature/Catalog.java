package dev.plumbline.server.feature;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Everything a server offers, in the order it is listed. Immutable. */
public final class Catalog {
  private final List<Tool> tools;
  private final List<Resource> resources;
  private final List<Prompt> prompts;
  private final Map<String, Tool> toolsByName;
  private final Map<String, Resource> resourcesByUri;
  private final Map<String, Prompt> promptsByName;

  /**
   * A catalogue of copies of the lists.
   *
   * @throws IllegalArgumentException when two tools, resources or prompts have the same key
   */
  public Catalog(List<Tool> tools, List<Resource> resources, List<Prompt> prompts) {
    this.tools = List.copyOf(tools);
    this.resources = List.copyOf(resources);
    this.prompts = List.copyOf(prompts);
    this.toolsByName = index(tools, Tool::name);
    this.resourcesByUri = index(resources, Resource::uri);
    this.promptsByName = index(prompts, Prompt::name);
  }

  private static <T> Map<String, T> index(List<T> items, Function<T, String> key) {
    Map<String, T> index = new HashMap<>();
    for (T item : items) {
      if (index.put(key.apply(item), item) != null) {
        throw new IllegalArgumentException(key.apply(item) + " is offered twice");
      }
    }
    return Map.copyOf(index);
  }

  /** The tools; names are unique. */
  public List<Tool> tools() {
    return tools;
  }

  /** The resources; URIs are unique. */
  public List<Resource> resources() {
    return resources;
  }

  /** The prompts; names are unique. */
  public List<Prompt> prompts() {
    return prompts;
  }

  /** The tool with this name, or null. */
  public @Nullable Tool tool(String name) {
    return toolsByName.get(name);
  }

  /** The resource with this URI, or null. */
  public @Nullable Resource resource(String uri) {
    return resourcesByUri.get(uri);
  }

  /** The prompt with this name, or null. */
  public @Nullable Prompt prompt(String name) {
    return promptsByName.get(name);
  }
}
