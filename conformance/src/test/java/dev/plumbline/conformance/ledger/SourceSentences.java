package dev.plumbline.conformance.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Splits a page of the specification into sentences and digests them, so that the ledger notices
 * when the sentence behind a clause changes without holding the sentence itself.
 *
 * <p>The normal form: front matter, fenced code and tags on lines of their own are dropped; a blank
 * line, a list marker or a table row starts a new block; in a block every run of white space is one
 * space and emphasis marks ({@code **}) are removed; a sentence ends at {@code . ! ?} before a
 * space. The digest is SHA-256 over the sentence's UTF-8 bytes, in hex.
 *
 * <p>Run with the path of a checkout's {@code docs/specification} folder and a page such as {@code
 * 2025-11-25/server/tools} it prints every digest with its anchor and sentence.
 */
public final class SourceSentences {
  private static final Pattern HEADING = Pattern.compile("^#{1,6} +(.*)$");
  private static final Pattern ITEM = Pattern.compile("^ *(?:[-*]|\\d+\\.) +(.*)$");
  private static final Pattern TAG = Pattern.compile("^ *</?[A-Za-z][^>]*/?> *$");
  private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?]) ");

  private SourceSentences() {}

  /** Prints the digests of one page. */
  public static void main(String[] arguments) throws IOException {
    Path page = page(Path.of(arguments[0]), arguments[1]);
    digests(Files.readString(page, StandardCharsets.UTF_8))
        .forEach(
            (anchor, sentences) ->
                sentences.forEach(
                    (digest, sentence) ->
                        System.out.println(digest + " #" + anchor + " " + sentence)));
  }

  /** The file of a page: {@code NAME.mdx} or {@code NAME/index.mdx}. */
  static Path page(Path specification, String name) {
    Path file = specification.resolve(name + ".mdx");
    return Files.exists(file) ? file : specification.resolve(name).resolve("index.mdx");
  }

  /** Digest to sentence, by the anchor of the heading the sentence stands under. */
  static Map<String, Map<String, String>> digests(String page) {
    Map<String, Map<String, String>> byAnchor = new LinkedHashMap<>();
    String anchor = "";
    for (String block : blocks(page)) {
      var heading = HEADING.matcher(block);
      if (heading.matches()) {
        anchor = anchor(heading.group(1));
        continue;
      }
      Map<String, String> sentences = byAnchor.computeIfAbsent(anchor, a -> new LinkedHashMap<>());
      for (String sentence : SENTENCE_END.split(block, -1)) {
        sentences.putIfAbsent(digest(sentence), sentence);
      }
    }
    return byAnchor;
  }

  private static List<String> blocks(String page) {
    List<String> blocks = new ArrayList<>();
    StringBuilder block = new StringBuilder();
    boolean skipping = false;
    for (String line : page.replace("\r\n", "\n").split("\n", -1)) {
      boolean fence = line.strip().startsWith("```") || line.equals("---");
      if (fence) {
        skipping = !skipping;
      }
      var item = ITEM.matcher(line);
      boolean starts = item.matches() || line.startsWith("|") || HEADING.matcher(line).matches();
      if (fence || skipping || line.isBlank() || TAG.matcher(line).matches() || starts) {
        flush(block, blocks);
      }
      if (!fence && !skipping && !line.isBlank() && !TAG.matcher(line).matches()) {
        block.append(item.matches() ? item.group(1) : line).append(' ');
      }
      if (HEADING.matcher(line).matches()) {
        flush(block, blocks);
      }
    }
    flush(block, blocks);
    return blocks;
  }

  private static void flush(StringBuilder block, List<String> blocks) {
    String text = block.toString().replace("**", "").replaceAll("\\s+", " ").strip();
    if (!text.isEmpty()) {
      blocks.add(text);
    }
    block.setLength(0);
  }

  /** The anchor a heading gets: lower case, words joined by hyphens, other characters dropped. */
  static String anchor(String heading) {
    return heading
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9 -]", "")
        .strip()
        .replaceAll("[ -]+", "-");
  }

  /** SHA-256 in hex over the UTF-8 bytes. */
  static String digest(String sentence) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(sentence.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }
}
