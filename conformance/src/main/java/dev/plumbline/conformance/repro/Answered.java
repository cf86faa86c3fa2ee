package dev.plumbline.conformance.repro;

import dev.plumbline.conformance.wire.Bytes;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Inbound;
import java.util.Optional;
import java.util.stream.Collectors;

/** An answer as the text that scripts and tests compare. */
final class Answered {
  private Answered() {}

  /** The text of the answer, line by line; empty when it is not UTF-8. */
  static Optional<String> text(Exchange exchange) {
    return switch (exchange.received()) {
      case Inbound.HttpResponse response -> response.body().utf8();
      case Inbound.Lines lines -> {
        boolean readable = lines.lines().stream().allMatch(l -> l.bytes().utf8().isPresent());
        yield readable
            ? Optional.of(
                lines.lines().stream()
                    .map(line -> line.bytes().text())
                    .collect(Collectors.joining("\n")))
            : Optional.empty();
      }
      case Inbound.Unparsed unparsed -> unparsed.bytes().utf8();
      case Inbound.Nothing nothing -> Bytes.EMPTY.utf8();
    };
  }

  /** Whether it is an event stream, whose comments and blank lines mean nothing. */
  static boolean isStream(Exchange exchange) {
    return exchange.received() instanceof Inbound.HttpResponse response
        && !response.events().isEmpty();
  }

  /** The text on one line, as a script makes it with tr and sed. */
  static String oneLine(String text, boolean stream) {
    String plain = text.replace("\r", "");
    if (stream) {
      plain = plain.replaceAll("(?m)^:.*\n?", "").replaceAll("\n+", "\n");
    }
    return plain.replace('\n', ' ');
  }
}
