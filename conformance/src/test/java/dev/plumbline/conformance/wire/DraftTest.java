package dev.plumbline.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.evidence.model.Era;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class DraftTest {
  private final HttpConversation talk =
      new HttpConversation(
          Era.STATELESS,
          URI.create("http://127.0.0.1:9/mcp"),
          Optional.empty(),
          List.of(),
          new Recorder(),
          Redactor.NONE);

  private static Optional<String> header(Draft draft, String name) {
    return draft.headers().stream().filter(h -> h.isNamed(name)).map(Header::value).findFirst();
  }

  private static ObjectNode named(String name) {
    return Messages.object().put("name", name);
  }

  @Test
  void editsOfParametersKeepTheMessageLawful() {
    Draft draft = talk.draft("tools/call", named("a")).params(named("b"));
    assertThat(header(draft, "Mcp-Name")).contains("b");
    assertThat(
            draft
                .message()
                .orElseThrow()
                .at("/params/_meta/io.modelcontextprotocol~1protocolVersion")
                .asString())
        .isEqualTo("2026-07-28");
  }

  @Test
  void editsOfTheBodyLeaveTheHeadersAlone() {
    Draft draft = talk.draft("tools/call", named("a")).body(b -> b.put("method", "x"));
    assertThat(header(draft, "Mcp-Method")).contains("tools/call");
    Draft other = talk.draft("ping").meta(m -> m.put(Draft.META_VERSION, "1900-01-01"));
    assertThat(header(other, "MCP-Protocol-Version")).contains("2026-07-28");
    assertThat(header(other.revision("1900-01-01"), "MCP-Protocol-Version")).contains("1900-01-01");
  }

  @Test
  void isNotChangedByItsEdits() {
    Draft draft = talk.draft("ping");
    Draft edited = draft.body(b -> b.put("jsonrpc", "1.0")).withoutHeader("Host");
    assertThat(draft.message().orElseThrow().path("jsonrpc").asString()).isEqualTo("2.0");
    assertThat(header(draft, "Host")).isPresent();
    assertThat(header(edited, "Host")).isEmpty();
  }

  @Test
  void repeatsAnnotatedParametersInHeaders() {
    ObjectNode schema = Messages.object();
    schema.withObject("/properties/region").put("type", "string").put("x-mcp-header", "Region");
    schema.withObject("/properties/deep/properties/n").put("x-mcp-header", "N");
    talk.know("query", schema);
    ObjectNode params = named("query");
    params.withObject("/arguments").put("region", " eu ");
    params.withObject("/arguments/deep").put("n", 42);
    Draft draft = talk.draft("tools/call", params);
    assertThat(header(draft, "Mcp-Param-Region")).contains("=?base64?IGV1IA==?=");
    assertThat(header(draft, "Mcp-Param-N")).contains("42");
    assertThat(header(draft.params(named("query")), "Mcp-Param-N")).isEmpty();
  }

  @Test
  void encodesOnlyWhatAHeaderCannotCarry() {
    assertThat(Draft.encoded("us-west1")).isEqualTo("us-west1");
    assertThat(Draft.encoded("line1\nline2")).isEqualTo("=?base64?bGluZTEKbGluZTI=?=");
    assertThat(Draft.encoded("=?base64?literal?="))
        .isEqualTo("=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?=");
  }
}
