package dev.plumbline.server.subscription;

/**
 * Something that can be listened for.
 *
 * @param kind the member of the filter that asks for it, for example {@code toolsListChanged}
 * @param key which one of its kind, for example a URI; empty when there is only one
 */
public record Topic(String kind, String key) {
  /** A topic that is the only one of its kind. */
  public static Topic of(String kind) {
    return new Topic(kind, "");
  }
}
