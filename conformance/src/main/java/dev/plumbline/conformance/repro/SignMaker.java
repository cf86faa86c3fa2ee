package dev.plumbline.conformance.repro;

import dev.plumbline.conformance.wire.Bytes;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Header;
import dev.plumbline.conformance.wire.Inbound;
import dev.plumbline.conformance.wire.Line;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds what a failure is recognized by: asks the judge which values of the answer it looks at, and
 * compares what several replays brought.
 */
final class SignMaker {
  /** Longer answers are not compared as text. */
  static final int MAX_TEXT = 32 * 1024;

  private static final int MAX_TRIED = 200;
  private static final int OTHER_STATUS = 299;

  private final Failing failing;
  private final Reducer.Reduced reduced;
  private final Exchange exchange;

  private SignMaker(Failing failing, Reducer.Reduced reduced, Exchange exchange) {
    this.failing = failing;
    this.reduced = reduced;
    this.exchange = exchange;
  }

  static Sign of(Failing failing, Reducer.Reduced reduced) {
    Recording recording = reduced.recording();
    Exchange told =
        failing
            .in(recording)
            .flatMap(SignMaker::label)
            .flatMap(recording::exchange)
            .orElseGet(() -> recording.exchanges().getLast());
    return new SignMaker(failing, reduced, told).sign();
  }

  private static Optional<String> label(Finding finding) {
    return finding.evidence().stream()
        .filter(place -> place.contains("#"))
        .map(place -> place.substring(place.indexOf('#') + 1))
        .findFirst();
  }

  private Sign sign() {
    Optional<String> text = Answered.text(exchange);
    List<Tokens.Token> tokens =
        text.filter(t -> t.length() <= MAX_TEXT)
            .map(t -> Tokens.of(t, Answered.isStream(exchange)))
            .orElse(List.of());
    List<Boolean> free = new ArrayList<>();
    int tried = 0;
    boolean anyMatters = false;
    for (Tokens.Token token : tokens) {
      boolean value = token.kind() != Sign.Piece.Kind.LITERAL;
      boolean free1 = value && (isCarried(token) || differs(tokens, free.size()));
      if (value && !free1 && tried++ < MAX_TRIED) {
        free1 = failing.isIn(with(replaced(tokens, free.size())));
        anyMatters |= !free1;
      }
      free.add(free1);
    }
    List<Sign.Piece> pieces = pieces(tokens, free);
    List<String> headers = anyMatters || statusMatters() ? List.of() : names(exchange);
    boolean comparable = text.isPresent() && text.get().length() <= MAX_TEXT;
    Sign sign = sign(headers, pieces, comparable);
    boolean holds =
        reduced.again().stream()
            .map(again -> again.exchange(exchange.label()))
            .flatMap(Optional::stream)
            .allMatch(again -> shows(sign, again));
    return holds ? sign : sign(List.of(), List.of(), false);
  }

  private Sign sign(List<String> headers, List<Sign.Piece> pieces, boolean tells) {
    Integer status = exchange.status().isPresent() ? exchange.status().getAsInt() : null;
    return new Sign(exchange.label(), exchange.end(), status, headers, pieces, tells);
  }

  /** Whether another answer to the same request shows the same. */
  static boolean shows(Sign sign, Exchange answer) {
    Integer status = answer.status().isPresent() ? answer.status().getAsInt() : null;
    return answer.end() == sign.end()
        && java.util.Objects.equals(status, sign.status())
        && (sign.headers().isEmpty() || sign.headers().equals(names(answer)))
        && Answered.text(answer)
            .map(text -> Answered.oneLine(text, Answered.isStream(answer)))
            .filter(sign::matches)
            .isPresent();
  }

  private boolean isCarried(Tokens.Token token) {
    return reduced.carried().stream().anyMatch(c -> token.text().contains(c.value()));
  }

  /** Whether another replay brought something else in this place. */
  private boolean differs(List<Tokens.Token> tokens, int index) {
    for (Recording again : reduced.again()) {
      Optional<String> other = again.exchange(exchange.label()).flatMap(Answered::text);
      if (other.isPresent() && other.get().length() <= MAX_TEXT) {
        List<Tokens.Token> theirs = Tokens.of(other.get(), Answered.isStream(exchange));
        if (theirs.size() == tokens.size()
            && !theirs.get(index).text().equals(tokens.get(index).text())) {
          return true;
        }
      }
    }
    return false;
  }

  private static String replaced(List<Tokens.Token> tokens, int index) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < tokens.size(); i++) {
      text.append(i == index ? tokens.get(i).other() : tokens.get(i).text());
    }
    return text.toString();
  }

  private static List<Sign.Piece> pieces(List<Tokens.Token> tokens, List<Boolean> free) {
    List<Sign.Piece> pieces = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    boolean stream = !tokens.isEmpty() && tokens.getFirst().stream();
    for (int i = 0; i < tokens.size(); i++) {
      Tokens.Token token = tokens.get(i);
      if (!free.get(i)) {
        literal.append(token.text());
        continue;
      }
      add(pieces, literal, stream);
      pieces.add(new Sign.Piece(token.kind(), token.text()));
    }
    add(pieces, literal, stream);
    return pieces;
  }

  private static void add(List<Sign.Piece> pieces, StringBuilder literal, boolean stream) {
    String line = Answered.oneLine(literal.toString(), stream);
    if (!line.isEmpty()) {
      pieces.add(new Sign.Piece(Sign.Piece.Kind.LITERAL, line));
    }
    literal.setLength(0);
  }

  private boolean statusMatters() {
    if (!(exchange.received() instanceof Inbound.HttpResponse response)) {
      return false;
    }
    return !failing.isIn(
        with(
            new Inbound.HttpResponse(
                OTHER_STATUS,
                response.reason(),
                response.headers(),
                response.body(),
                response.events())));
  }

  static List<String> names(Exchange exchange) {
    return exchange.received() instanceof Inbound.HttpResponse response
        ? response.headers().stream()
            .map(Header::name)
            .map(name -> name.toLowerCase(Locale.ROOT))
            .filter(name -> !Sign.PASSING.contains(name))
            .distinct()
            .sorted()
            .toList()
        : List.of();
  }

  private Recording with(String text) {
    return with(
        switch (exchange.received()) {
          case Inbound.HttpResponse response -> response.withBody(Bytes.text(text));
          case Inbound.Lines lines -> {
            List<Line> changed = new ArrayList<>();
            String[] rows = text.split("\n", -1);
            for (int i = 0; i < lines.lines().size() && i < rows.length; i++) {
              changed.add(new Line(Bytes.text(rows[i]), lines.lines().get(i).atNanos()));
            }
            yield new Inbound.Lines(changed, lines.stderr());
          }
          case Inbound.Unparsed unparsed ->
              new Inbound.Unparsed(Bytes.text(text), unparsed.problem());
          case Inbound.Nothing nothing -> nothing;
        });
  }

  private Recording with(Inbound received) {
    Recording recording = reduced.recording();
    Map<String, String> facts = new HashMap<>(recording.facts());
    List<Exchange> exchanges =
        recording.exchanges().stream()
            .map(
                e ->
                    !e.label().equals(exchange.label())
                        ? e
                        : new Exchange(
                            e.label(),
                            e.transport(),
                            e.sent(),
                            received,
                            e.end(),
                            e.sentNanos(),
                            e.firstByteNanos(),
                            e.endNanos()))
            .toList();
    return new Recording(recording.id(), recording.era(), recording.transport(), exchanges, facts);
  }
}
