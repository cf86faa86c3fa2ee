package dev.plumbline.server.feature;

import java.util.List;

/**
 * Everything a server offers, in the order it is listed.
 *
 * @param tools names are unique
 * @param resources URIs are unique
 * @param prompts names are unique
 */
public record Catalog(List<Tool> tools, List<Resource> resources, List<Prompt> prompts) {
  /** Copies the lists. */
  public Catalog {
    tools = List.copyOf(tools);
    resources = List.copyOf(resources);
    prompts = List.copyOf(prompts);
  }
}
