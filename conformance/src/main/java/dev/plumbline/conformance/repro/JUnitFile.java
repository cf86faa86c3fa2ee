package dev.plumbline.conformance.repro;

import dev.plumbline.conformance.wire.Bytes;
import dev.plumbline.conformance.wire.Inbound;
import dev.plumbline.conformance.wire.Outbound;
import dev.plumbline.evidence.model.TargetIdentity;
import dev.plumbline.evidence.model.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A reproducer as one Java file that needs JUnit 5 and nothing else, and fails until the server is
 * fixed.
 */
final class JUnitFile {
  /** Constants of a class file end at 65,535 bytes. */
  private static final int MAX_CONSTANT = 16_000;

  private static final Pattern PLACE = Pattern.compile("@([A-Z]+)@");

  private JUnitFile() {}

  /** The name of the class. */
  static String name(Reproducer reproducer) {
    return "Reproducer_" + reproducer.id() + "_Test";
  }

  /** The file; a pure function of the reproducer. */
  static String of(Reproducer reproducer) {
    String kind = "command";
    String story = "";
    if (reproducer.way() instanceof Way.Replay replay) {
      Story told = new Story(reproducer, replay);
      if (told.obstacle().isEmpty() && told.transport() != Transport.TCP && told.sign().tells()) {
        kind = told.transport() == Transport.HTTP ? "http" : "stdio";
        story = steps(told);
      }
    }
    Map<String, String> filled =
        Map.of(
            "STEPS", story,
            "NAME", name(reproducer),
            "TITLE", comment(reproducer.check() + ": " + reproducer.title()),
            "SUMMARY", constant(Shell.line(reproducer.finding().summary())),
            "EXPECTED", constant(Shell.line(reproducer.finding().expected())),
            "ACTUAL", constant(Shell.line(reproducer.finding().actual())),
            "ADDRESS", constant(address(reproducer)),
            "START", list(start(reproducer)),
            "AGAIN", list(again(reproducer)));
    return PLACE
        .matcher(template("test.txt").replace("@PARTS@", template(kind + ".txt")))
        .replaceAll(place -> Matcher.quoteReplacement(filled.get(place.group(1))));
  }

  private static String comment(String text) {
    // no end of comment, and no escape that the compiler would read
    return Shell.line(text).replace("*/", "* /").replace("\\", "/");
  }

  private static String template(String name) {
    try (InputStream in = Objects.requireNonNull(JUnitFile.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }

  private static String address(Reproducer reproducer) {
    boolean own = reproducer.start().kind() == TargetIdentity.Kind.URL;
    String url = reproducer.start().url();
    return own && url != null && !Blotted.isIn(url) ? url : "";
  }

  /** The words that start the server; empty when it runs already. */
  private static List<String> start(Reproducer reproducer) {
    List<String> words = new ArrayList<>();
    if (reproducer.start().kind() == TargetIdentity.Kind.BUNDLED
        && reproducer.way() instanceof Way.Replay replay) {
      words.add("plumbline");
      words.addAll(new Story(reproducer, replay).serveWords());
    }
    words.addAll(reproducer.start().command());
    return words;
  }

  /** The words after our program's name that run it again. */
  private static List<String> again(Reproducer reproducer) {
    return switch (reproducer.way()) {
      case Way.Command command -> {
        List<String> words = new ArrayList<>(command.words());
        words.addAll(reproducer.start().words());
        yield words;
      }
      case Way.Replay replay -> List.of("repro", "run", reproducer.id());
    };
  }

  private static String steps(Story story) {
    StringBuilder text = new StringBuilder();
    int conversation = 0;
    for (int i = 0; i < story.parts().size(); i++) {
      Story.Part part = story.parts().get(i);
      if (story.transport() == Transport.STDIO && part.conversation() != conversation) {
        text.append("    begin();\n");
        conversation = part.conversation();
      }
      text.append(story.transport() == Transport.HTTP ? http(story, part) : stdio(story, part, i));
      for (int kept : part.kept()) {
        Carried carried = story.carried().get(kept);
        text.append(
            "    kept.put(%d, %s(%d, %s, %d));\n"
                .formatted(
                    kept,
                    carried.place().name().toLowerCase(java.util.Locale.ROOT),
                    i,
                    constant(carried.name()),
                    carried.index()));
      }
    }
    return text + sign(story);
  }

  private static String http(Story story, Story.Part part) {
    if (!(part.exchange().sent() instanceof Outbound.HttpRequest request)) {
      return "    raw(%d, %s);\n".formatted(part.seconds(), bytes(part.body()));
    }
    List<String> headers = new ArrayList<>();
    boolean hosted = request.headers().stream().anyMatch(h -> h.isNamed("Host"));
    boolean foreign = part.headers().stream().anyMatch(f -> f.name().equalsIgnoreCase("Host"));
    if (hosted && !foreign) {
      headers.add("\"Host: \" + authority()");
    }
    for (Story.Field field : part.headers()) {
      headers.add(
          field.secret()
              ? "secret(" + constant(field.name()) + ")"
              : constant(field.name() + ": ") + " + " + text(field.value()));
    }
    request.headers().stream()
        .filter(h -> h.isNamed("Content-Length"))
        .forEach(
            h ->
                headers.add(
                    h.value().equals(String.valueOf(request.body().size()))
                        ? "COUNTED"
                        : constant("Content-Length: " + h.value())));
    return "    ask(%d, %s, %s, List.of(%s), %s);\n"
        .formatted(
            part.seconds(),
            constant(request.method()),
            story.otherTarget(part).map(JUnitFile::constant).orElse("path()"),
            String.join(", ", headers),
            bytes(part.body()));
  }

  private static String stdio(Story story, Story.Part part, int number) {
    if (part.exchange().sent() instanceof Outbound.Listening) {
      return "    hangUp(%d);\n".formatted(part.seconds());
    }
    boolean line = part.exchange().sent() instanceof Outbound.Line;
    boolean waits = !part.isNotification() && (number == story.telling() || !part.timedOut());
    String awaited = part.awaited().filter(id -> !id.isNull()).map(JsonNode::toString).orElse("");
    return "    tell(%d, %s, %s, %s, %s);\n"
        .formatted(part.seconds(), line, waits, constant(awaited), bytes(part.body()));
  }

  private static String sign(Story story) {
    Sign sign = story.sign();
    boolean stream =
        story.parts().get(story.telling()).exchange().received()
                instanceof Inbound.HttpResponse response
            && !response.events().isEmpty();
    String expression =
        sign.pieces().stream()
            .map(
                piece ->
                    piece.kind() == Sign.Piece.Kind.STRING
                        ? "\"(?:[^\"\\\\]++|\\\\.)*+\""
                        : piece.expression())
            .collect(Collectors.joining())
            .strip();
    return "    compare(%d, %s, %d, %s, %s, %s);\n"
        .formatted(
            story.telling(),
            constant(sign.end().name()),
            sign.status() == null ? 0 : sign.status(),
            list(sign.headers()),
            constant(expression),
            stream);
  }

  private static String bytes(List<Story.Segment> segments) {
    boolean plain = segments.size() == 1 && segments.getFirst().variable() < 0;
    Bytes first = segments.getFirst().bytes();
    return plain && first.utf8().isEmpty()
        ? "base64(" + constant(Base64.getEncoder().encodeToString(first.toArray())) + ")"
        : "utf8(" + text(segments) + ")";
  }

  private static String text(List<Story.Segment> segments) {
    return segments.stream()
        .map(
            segment ->
                segment.variable() >= 0
                    ? "kept.getOrDefault(" + segment.variable() + ", \"\")"
                    : constant(segment.bytes().text()))
        .collect(Collectors.joining(" + "));
  }

  private static String list(List<String> words) {
    return words.stream()
        .map(JUnitFile::constant)
        .collect(Collectors.joining(", ", "List.of(", ")"));
  }

  /** The text as an expression of Java. */
  static String constant(String text) {
    if (text.length() <= MAX_CONSTANT) {
      return literal(text);
    }
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < text.length(); i += MAX_CONSTANT) {
      parts.add(literal(text.substring(i, Math.min(text.length(), i + MAX_CONSTANT))));
    }
    return "String.join(\"\", " + String.join(", ", parts) + ")";
  }

  private static String literal(String text) {
    StringBuilder literal = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> literal.append("\\\"");
        case '\\' -> literal.append("\\\\");
        case '\n' -> literal.append("\\n");
        default -> {
          if (c >= ' ' && c < 0x7f) {
            literal.append(c);
          } else {
            literal.append("\\u").append(java.util.HexFormat.of().toHexDigits(c));
          }
        }
      }
    }
    return literal.append('"').toString();
  }
}
