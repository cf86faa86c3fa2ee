package dev.plumbline.server.api;

import dev.plumbline.server.feature.Completion;
import dev.plumbline.server.feature.ResourceTemplate;
import dev.plumbline.server.feature.UriTemplate;
import dev.plumbline.server.uri.Uri;
import dev.plumbline.server.uri.UriRefusedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How a family of resources is shown. */
public final class TemplateSpec extends Spec<TemplateSpec> {
  private final UriTemplate uris;
  private final String mimeType;
  private final Map<String, Completion> completions = new HashMap<>();

  private TemplateSpec(UriTemplate uris, String mimeType, ObjectNode members) {
    super(members);
    this.uris = uris;
    this.mimeType = mimeType;
  }

  /**
   * A family of resources.
   *
   * @param uriTemplate text and {@code {variable}} (RFC 6570 level 1), or {@code {+path}} at its
   *     end
   * @throws IllegalArgumentException in one line, when it is anything else
   */
  public static TemplateSpec at(String uriTemplate, String name, String mimeType) {
    UriTemplate uris = new UriTemplate(uriTemplate);
    checkForm(uriTemplate);
    return new TemplateSpec(
        uris,
        mimeType,
        JsonNodeFactory.instance
            .objectNode()
            .put("uriTemplate", uriTemplate)
            .put("name", name)
            .put("mimeType", mimeType));
  }

  /** URIs are matched in their one form, so that of a template is the only one that can match. */
  private static void checkForm(String uriTemplate) {
    String example = uriTemplate.replaceAll("\\{[^{}]*\\}", "x");
    try {
      String form = Uri.parse(example).text();
      if (!form.equals(example)) {
        throw new IllegalArgumentException(
            "template " + uriTemplate + " matches nothing: URIs are written as in " + form);
      }
    } catch (UriRefusedException e) {
      throw new IllegalArgumentException(
          "template " + uriTemplate + " has no usable URIs: " + e.getMessage(), e);
    }
  }

  @Override
  TemplateSpec self() {
    return this;
  }

  /** Suggests values for a variable. */
  public TemplateSpec complete(String variable, Completion completion) {
    if (!uris.variables().contains(variable)) {
      throw new IllegalArgumentException("template " + uris + " has no variable " + variable);
    }
    completions.put(variable, completion);
    return this;
  }

  /** Who it is for: {@code user}, {@code assistant}, or both. */
  public TemplateSpec audience(String... roles) {
    Annotated.audience(members, roles);
    return this;
  }

  /** How important it is, from 0 to 1. */
  public TemplateSpec priority(double priority) {
    Annotated.priority(members, priority);
    return this;
  }

  ResourceTemplate with(TemplateHandler handler) {
    return new ResourceTemplate(
        definition(),
        uris,
        (context, uri, variables) ->
            Optional.ofNullable(handler.read(variables, new Call(context)))
                .map(value -> List.of(Contents.of(uri, mimeType, value))),
        completions);
  }
}
