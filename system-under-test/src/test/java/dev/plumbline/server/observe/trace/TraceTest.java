package dev.plumbline.server.observe.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class TraceTest {
  private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01";

  private static ObjectNode meta(String parent) {
    return JsonNodeFactory.instance.objectNode().put("traceparent", parent);
  }

  @Test
  void keepsWhatIsWellFormed() {
    ObjectNode meta = meta(PARENT).put("tracestate", "a=1,b=2").put("baggage", "user=7");
    assertThat(Trace.of(meta)).contains(new Trace(PARENT, "a=1,b=2", "user=7"));
    assertThat(Trace.of(meta).orElseThrow().traceId())
        .isEqualTo("0af7651916cd43dd8448eb211c80319c");
  }

  @Test
  void leavesOutWhatIsNot() {
    ObjectNode meta = meta(PARENT).put("tracestate", "a\nb").put("baggage", 7);
    assertThat(Trace.of(meta)).contains(new Trace(PARENT, null, null));
  }

  @Test
  void takesMoreFieldsFromLaterVersionsOnly() {
    assertThat(Trace.of(meta("01" + PARENT.substring(2) + "-more"))).isPresent();
    assertThat(Trace.of(meta(PARENT + "-more"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7",
        "ff-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-00f067aa0ba902b7-01"
      })
  void hasNoTraceWithoutAParent(String parent) {
    assertThat(Trace.of(meta(parent))).isEmpty();
  }

  /** Traces that begin here are kept by the ratio; one that began elsewhere, by its beginner. */
  @Test
  void aTraceThatIsNotKeptCostsNoSpan() {
    CollectedSpans spans = new CollectedSpans();
    try (Tracing none = Tracing.to(spans, "test", 0);
        Tracing all = Tracing.to(spans, "test", 1)) {
      assertThat(none.serving(request(Optional.empty()))).isSameAs(RequestSpan.NONE);
      assertThat(none.beginning("command")).isSameAs(RequestSpan.NONE);
      try (RequestSpan kept = none.serving(request(Trace.of(meta(PARENT))))) {
        assertThat(kept).isNotSameAs(RequestSpan.NONE);
      }
      try (RequestSpan kept = all.serving(request(Optional.empty()))) {
        assertThat(kept).isNotSameAs(RequestSpan.NONE);
      }
    }
    assertThat(spans.all()).as("handed over at the end").hasSize(2);
  }

  private static IncomingRequest request(Optional<Trace> inMessage) {
    return new IncomingRequest("ping", Optional.empty(), inMessage, Optional.empty(), true, 1);
  }
}
