package dev.plumbline.server.feature;

import dev.plumbline.server.uri.Uri;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Everything a server offers, in the order it is listed. Immutable. */
public final class Catalog {
  private final List<Tool> tools;
  private final List<Resource> resources;
  private final List<ResourceTemplate> templates;
  private final List<Prompt> prompts;
  private final Map<String, Tool> toolsByName;
  private final Map<String, Resource> resourcesByUri;
  private final Map<String, ResourceTemplate> templatesByText;
  private final Map<String, Prompt> promptsByName;

  /**
   * A catalogue of copies of the lists.
   *
   * @throws IllegalArgumentException when two of a kind have the same key
   */
  public Catalog(
      List<Tool> tools,
      List<Resource> resources,
      List<ResourceTemplate> templates,
      List<Prompt> prompts) {
    this.tools = List.copyOf(tools);
    this.resources = List.copyOf(resources);
    this.templates = List.copyOf(templates);
    this.prompts = List.copyOf(prompts);
    this.toolsByName = index(tools, Tool::name);
    this.resourcesByUri = index(resources, resource -> Uri.key(resource.uri()));
    this.templatesByText = index(templates, ResourceTemplate::uriTemplate);
    this.promptsByName = index(prompts, Prompt::name);
  }

  /** Nothing at all. */
  public static Catalog empty() {
    return new Catalog(List.of(), List.of(), List.of(), List.of());
  }

  /** The same with other tools. */
  public Catalog withTools(List<Tool> others) {
    return new Catalog(others, resources, templates, prompts);
  }

  /** The same with other resources. */
  public Catalog withResources(List<Resource> others) {
    return new Catalog(tools, others, templates, prompts);
  }

  /** The same with other resource templates. */
  public Catalog withTemplates(List<ResourceTemplate> others) {
    return new Catalog(tools, resources, others, prompts);
  }

  /** The same with other prompts. */
  public Catalog withPrompts(List<Prompt> others) {
    return new Catalog(tools, resources, templates, others);
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

  /** The resource templates; their texts are unique. */
  public List<ResourceTemplate> templates() {
    return templates;
  }

  /** The prompts; names are unique. */
  public List<Prompt> prompts() {
    return prompts;
  }

  /** The tool with this name, or null. */
  public @Nullable Tool tool(String name) {
    return toolsByName.get(name);
  }

  /** The resource with this URI, however it is written, or null. */
  public @Nullable Resource resource(String uri) {
    return resourcesByUri.get(Uri.key(uri));
  }

  /** The resource with this URI, or null. */
  public @Nullable Resource resource(Uri uri) {
    return resourcesByUri.get(uri.text());
  }

  /** The template with this text, or null. */
  public @Nullable ResourceTemplate template(String text) {
    return templatesByText.get(text);
  }

  /** The prompt with this name, or null. */
  public @Nullable Prompt prompt(String name) {
    return promptsByName.get(name);
  }
}
