package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Every;
import dev.plumbline.conformance.rule.MessageShapes;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Seen;
import dev.plumbline.conformance.wire.Bytes;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Inbound;
import dev.plumbline.conformance.wire.Line;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules on how messages are written down, page {@code 2025-11-25/basic/transports}. */
public final class EncodingRules {
  private static final int OK = 200;

  private EncodingRules() {}

  /** The rules; both look at what one long conversation brought. */
  public static List<Rule> rules() {
    return List.of(
        new Rule(
            "TRAN-009",
            Probes.HTTP,
            Probes.HANDSHAKE.since("2025-03-26"),
            MessageShapes.SCRIPT,
            EncodingRules::isLabelled),
        new Rule(
            "TRAN-011",
            Probes.ANY,
            Probes.HANDSHAKE.since("2025-03-26"),
            MessageShapes.SCRIPT,
            EncodingRules::isUtf8));
  }

  private static Verdict isLabelled(Recording recording) {
    return Every.verdict(
        recording,
        recording.exchanges().stream()
            .filter(e -> e.sentId().isPresent() && !Seen.method(e).isEmpty())
            .filter(e -> e.status().orElse(0) == OK),
        "no request was answered with status 200",
        EncodingRules::label);
  }

  private static Optional<Every.Broken> label(Exchange exchange) {
    String type = exchange.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    if (type.startsWith("application/json") || type.startsWith("text/event-stream")) {
      return Optional.empty();
    }
    return Optional.of(
        new Every.Broken(
            exchange,
            "The answer to "
                + Seen.method(exchange)
                + (type.isEmpty() ? " has no content type." : " is labelled " + type + "."),
            "A request is answered as application/json or as text/event-stream, and labelled so.",
            "The header Content-Type is " + (type.isEmpty() ? "missing" : type) + ".",
            "Set Content-Type to application/json for one JSON object, to text/event-stream for a"
                + " stream of events."));
  }

  /** What was received and is not plain ASCII: only there encodings differ. */
  private record Piece(Exchange exchange, Bytes bytes) {
    boolean isTelling() {
      for (byte b : bytes.toArray()) {
        if (b < 0) {
          return true;
        }
      }
      return false;
    }
  }

  private static Stream<Piece> pieces(Exchange exchange) {
    return switch (exchange.received()) {
      case Inbound.HttpResponse response -> Stream.of(new Piece(exchange, response.body()));
      case Inbound.Lines lines ->
          lines.lines().stream().map(Line::bytes).map(bytes -> new Piece(exchange, bytes));
      case Inbound.Unparsed _, Inbound.Nothing _ -> Stream.empty();
    };
  }

  private static Verdict isUtf8(Recording recording) {
    return Every.verdict(
        recording,
        recording.exchanges().stream().flatMap(EncodingRules::pieces).filter(Piece::isTelling),
        "the target gave no occasion: a message with characters beyond ASCII",
        piece ->
            piece.bytes().utf8().isPresent()
                ? Optional.empty()
                : Optional.of(
                    new Every.Broken(
                        piece.exchange(),
                        "The answer to " + Seen.method(piece.exchange()) + " is not UTF-8.",
                        "JSON-RPC messages are encoded in UTF-8.",
                        "Its bytes cannot be read as UTF-8.",
                        "Write messages in UTF-8, whatever the encoding of the platform is.")));
  }
}
