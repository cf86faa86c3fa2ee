package dev.plumbline.server.measure;

import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.uri.Uri;
import dev.plumbline.server.uri.UriRefusedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives the parser of URIs what nobody would write: random characters, pieces of attacks in random
 * order, attacks with a character changed, and far too much. The same seed gives the same inputs.
 */
final class UriFuzz {
  private static final int BATCH = 1_000;
  private static final double PERCENTILE = 0.99;
  private static final double NANOS_PER_MICRO = 1e3;
  private static final int MAX_PIECES = 60;
  private static final int MAX_LONG = 9_000;
  private static final int SHORT = 80;

  /** In what comes after an authority. */
  private static final Pattern DOT_SEGMENT = Pattern.compile("^[^?#]*(?<![^/])\\.\\.?([/?#]|$)");

  private static final List<String> LAWFUL =
      List.of(
          "/a",
          "/..",
          "/.",
          "/.b",
          "/%41",
          "/%c3%bc",
          "/a+b;c=d",
          "/x%20y",
          "/...",
          "/~e",
          "/b/c",
          "/%2e%2E",
          "/%e6%9d%b1");

  private static final List<String> PIECES =
      List.of(
          "/",
          "//",
          ".",
          "..",
          "%2e",
          "%2E%2e",
          "%2F",
          "%5c",
          "%25",
          "%252e",
          "%",
          "%0",
          "%zz",
          "%c0%ae",
          "%ed%a0%80",
          "%f5%80%80%80",
          "%00",
          "%0d%0a",
          "\\",
          "\r\n",
          "\0",
          ":",
          "@",
          "[",
          "[::1]",
          "]",
          "?",
          "#",
          "file:",
          "file://",
          "x:",
          "//localhost",
          "a",
          "Z",
          "~",
          "%C3%BC",
          "%D0%B0",
          "%EF%BC%8F",
          "\uff0e",
          "\ud800",
          " ",
          "{",
          ";",
          "=",
          "&");

  private final SplittableRandom random;
  private final List<String> seeds;

  /**
   * A source of inputs.
   *
   * @param seeds what is changed here and there
   */
  UriFuzz(long seed, List<String> seeds) {
    this.random = new SplittableRandom(seed);
    this.seeds = List.copyOf(seeds);
  }

  /** Parses that many inputs; counts what is none of the two lawful ends. */
  ObjectNode run(int inputs) {
    warmUp();
    int crashes = 0;
    int unstable = 0;
    int refused = 0;
    String first = "";
    List<Double> slow = new ArrayList<>();
    List<Double> usual = new ArrayList<>();
    double[] micros = new double[BATCH];
    for (int i = 0; i < inputs; i++) {
      String input = next();
      long began = System.nanoTime();
      Uri parsed = null;
      try {
        parsed = Uri.parse(input);
      } catch (UriRefusedException e) {
        refused++;
      } catch (RuntimeException | StackOverflowError e) {
        crashes++;
        first = first.isEmpty() ? base64(input) : first;
      }
      micros[i % BATCH] = (System.nanoTime() - began) / NANOS_PER_MICRO;
      if (parsed != null && !stable(parsed)) {
        unstable++;
        first = first.isEmpty() ? base64(input) : first;
      }
      if (i % BATCH == BATCH - 1) {
        Arrays.sort(micros);
        slow.add(micros[(int) (BATCH * PERCENTILE)]);
        usual.add(micros[BATCH / 2]);
      }
    }
    return JsonNodeFactory.instance
        .objectNode()
        .put("fuzz", "uri")
        .put("inputs", inputs)
        .put("crashes", crashes)
        .put("unstable", unstable)
        .put("refused", refused)
        .put("first", first)
        .put("batches", slow.size())
        .put("p99Us", median(slow))
        .put("medianUs", median(usual))
        .put("longestUs", longest());
  }

  /** As long as a URI may be, a third of it percent-encoded: the median of a batch, in µs. */
  private static double longest() {
    String piece = "%d0%b0%D0%B1/..a/";
    String uri = "file:///" + piece.repeat((Limits.MAX_URI_BYTES - 8) / piece.length());
    List<Double> micros = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      long began = System.nanoTime();
      var _ = Uri.key(uri);
      micros.add((System.nanoTime() - began) / NANOS_PER_MICRO);
    }
    return median(micros);
  }

  private void warmUp() {
    UriFuzz other = new UriFuzz(random.nextLong(), seeds);
    for (int i = 0; i < 5 * BATCH; i++) {
      Uri.key(other.next());
    }
  }

  /** The one form is a form of itself, and has no dot segment. */
  private static boolean stable(Uri parsed) {
    String text = parsed.text();
    try {
      return Uri.parse(text).text().equals(text)
          && !DOT_SEGMENT.matcher(text.replaceFirst("^[^:]*:(//[^/?#]*)?", "")).find();
    } catch (UriRefusedException e) {
      return false;
    }
  }

  private String next() {
    return switch (random.nextInt(5)) {
      case 0 -> letters(random.nextInt(SHORT));
      case 1 -> pieces(random.nextInt(MAX_PIECES), PIECES);
      case 2 -> changed(seeds.get(random.nextInt(seeds.size())));
      case 3 -> "file:///r" + pieces(random.nextInt(MAX_PIECES), LAWFUL);
      default ->
          random.nextInt(50) == 0
              ? "x:/" + pieces(random.nextInt(MAX_LONG), random.nextBoolean() ? PIECES : LAWFUL)
              : "file:///" + pieces(9, PIECES);
    };
  }

  private String letters(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      boolean ascii = random.nextInt(8) > 0;
      text.append((char) random.nextInt(ascii ? 0x80 : Character.MAX_VALUE));
    }
    return text.toString();
  }

  private String pieces(int count, List<String> from) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count && text.length() < MAX_LONG; i++) {
      text.append(from.get(random.nextInt(from.size())));
    }
    return text.toString();
  }

  private String changed(String seed) {
    int at = random.nextInt(seed.length());
    int end = Math.min(seed.length(), at + random.nextInt(3));
    return seed.substring(0, at) + letters(random.nextInt(3)) + seed.substring(end);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
  }

  private static String base64(String input) {
    return Base64.getEncoder().encodeToString(input.getBytes(StandardCharsets.UTF_16BE));
  }
}
