package dev.plumbline.server.feature;

/** Something about what is offered is different now. */
public sealed interface Change {
  /** The list of tools changed. */
  record ToolsListChanged() implements Change {}

  /** The list of prompts changed. */
  record PromptsListChanged() implements Change {}

  /** The list of resources or of templates changed. */
  record ResourcesListChanged() implements Change {}

  /** The contents of a resource changed. */
  record ResourceUpdated(String uri) implements Change {}

  /** The user is done on the page that this elicitation led to (2025-11-25 client/elicitation). */
  record ElicitationCompleted(String elicitationId) implements Change {}
}
