package dev.plumbline.conformance.rule;

import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** RES-001 and RES-501: reading a resource that does not exist is an error with a fixed code. */
public final class UnknownResource {
  private static final String UNKNOWN = "unknown-resource";
  private static final String UNKNOWN_URI = "plumbline-absent:///no/such/resource";

  private UnknownResource() {}

  /** Reads a listed resource, then one under a scheme that nobody has. */
  public static final Script SCRIPT =
      stage -> {
        Conversation conversation = stage.open();
        List<String> listed = stage.probe().resources();
        if (!listed.isEmpty()) {
          conversation.send(
              Probes.LAWFUL,
              conversation.draft("resources/read", Probes.params("uri", listed.getFirst())));
        }
        conversation.send(
            UNKNOWN, conversation.draft("resources/read", Probes.params("uri", UNKNOWN_URI)));
      };

  /** A judge that expects this error code. */
  public static Function<Recording, Verdict> judging(int code) {
    return recording -> {
      Examination examination = new Examination(recording);
      examination.answered(UNKNOWN).ifPresent(e -> judge(e, code, recording, examination));
      return examination.verdict();
    };
  }

  private static void judge(
      Exchange exchange, int code, Recording recording, Examination examination) {
    Optional<JsonNode> result = exchange.result();
    if (result.isPresent() && result.get().path("contents").isEmpty()) {
      broken(exchange, code, "is answered with a result without contents", examination);
      return;
    }
    if (result.isPresent() || exchange.error().isEmpty()) {
      examination.unseen("the unknown resource was not refused: " + Answer.told(exchange));
      return;
    }
    if (recording.exchange(Probes.LAWFUL).isEmpty()) {
      examination.unseen("no resource is listed that could be read lawfully");
    } else if (examination.served(Probes.LAWFUL)) {
      if (exchange.errorCode().orElse(0) == code) {
        examination.kept();
      } else {
        broken(exchange, code, "is answered with " + Answer.told(exchange), examination);
      }
    }
  }

  private static void broken(Exchange exchange, int code, String what, Examination examination) {
    examination.broken(
        exchange,
        "Reading a resource that does not exist " + what + " instead of error " + code + ".",
        "A resource that does not exist is answered with error " + code + ".",
        "The answer is " + Answer.told(exchange) + ".",
        "Answer resources/read with error " + code + " when the URI matches nothing.");
  }
}
