package dev.plumbline.server.api;

import dev.plumbline.server.feature.Resource;
import dev.plumbline.server.uri.Uri;
import dev.plumbline.server.uri.UriRefusedException;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How a resource is shown. */
public final class ResourceSpec extends Spec<ResourceSpec> {
  private final String uri;
  private final String mimeType;

  private ResourceSpec(String uri, String mimeType, ObjectNode members) {
    super(members);
    this.uri = uri;
    this.mimeType = mimeType;
  }

  /**
   * A resource.
   *
   * @throws IllegalArgumentException in one line, when clients could not ask for the URI
   */
  public static ResourceSpec at(String uri, String name, String mimeType) {
    try {
      Uri.parse(uri);
    } catch (UriRefusedException e) {
      throw new IllegalArgumentException(
          "resource " + uri + " has no usable URI: " + e.getMessage(), e);
    }
    return new ResourceSpec(
        uri,
        mimeType,
        JsonNodeFactory.instance
            .objectNode()
            .put("uri", uri)
            .put("name", name)
            .put("mimeType", mimeType));
  }

  @Override
  ResourceSpec self() {
    return this;
  }

  /** The size in bytes, before any encoding. */
  public ResourceSpec size(long bytes) {
    members.put("size", bytes);
    return this;
  }

  /** When it last changed. */
  public ResourceSpec lastModified(Instant instant) {
    members.withObjectProperty("annotations").put("lastModified", instant.toString());
    return this;
  }

  /** Who it is for: {@code user}, {@code assistant}, or both. */
  public ResourceSpec audience(String... roles) {
    Annotated.audience(members, roles);
    return this;
  }

  /** How important it is, from 0 to 1. */
  public ResourceSpec priority(double priority) {
    Annotated.priority(members, priority);
    return this;
  }

  Resource with(ResourceHandler handler) {
    return new Resource(
        definition(),
        context -> List.of(Contents.of(uri, mimeType, handler.read(new Call(context)))));
  }
}
