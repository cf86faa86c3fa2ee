package dev.plumbline.conformance.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One page of the specification as sentences under their headings, so that the ledger notices when
 * the sentence behind a clause changes without holding the sentence itself.
 *
 * <p>The normal form: front matter, fenced code and tags on lines of their own are dropped; a blank
 * line, a list marker or a table row starts a new block; in a block every run of white space is one
 * space and emphasis marks ({@code **}) are removed; a sentence ends at {@code . ! ?} before a
 * space. The digest is SHA-256 over the sentence's UTF-8 bytes, in hex.
 *
 * @param sentences every sentence, in the order of the page
 */
public record SpecificationPage(List<Sentence> sentences) {
  private static final String FRONT_MATTER = "---";
  private static final String FENCE = "```";
  private static final Pattern HEADING = Pattern.compile("^#{1,6} +(.*)$");
  private static final Pattern ITEM = Pattern.compile("^ *(?:[-*]|\\d+\\.) +(.*)$");
  private static final Pattern TAG = Pattern.compile("^ *</?[A-Za-z][^>]*/?> *$");
  private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?]) ");

  /** RFC 2119 and RFC 8174 §2: only in capitals; a quoted word is talked about, not used. */
  private static final Pattern KEY_WORD =
      Pattern.compile("(?<![A-Za-z\"])(?:MUST|SHALL|SHOULD|REQUIRED|RECOMMENDED)(?![A-Za-z\"-])");

  /** Copies the list. */
  public SpecificationPage {
    sentences = List.copyOf(sentences);
  }

  /**
   * A sentence of a page.
   *
   * @param anchor the heading it stands under; empty for the text before the first heading
   * @param text the sentence in normal form
   * @param digest SHA-256 in hex of the text
   */
  public record Sentence(String anchor, String text, String digest) {
    static Sentence of(String anchor, String text) {
      return new Sentence(anchor, text, SpecificationPage.digest(text));
    }

    /**
     * Whether it asks for something in the words of RFC 2119 (MUST or SHOULD, or their synonyms).
     */
    public boolean isNormative() {
      return KEY_WORD.matcher(text).find();
    }
  }

  /** Splits a page; whoever reads it bounds its length ({@link Specification}). */
  public static SpecificationPage of(String page) {
    List<Sentence> sentences = new ArrayList<>();
    String anchor = "";
    for (String block : blocks(page)) {
      var heading = HEADING.matcher(block);
      if (heading.matches()) {
        anchor = anchor(heading.group(1));
        continue;
      }
      for (String sentence : SENTENCE_END.split(block, -1)) {
        sentences.add(Sentence.of(anchor, sentence));
      }
    }
    return new SpecificationPage(sentences);
  }

  /** The sentences that ask for something in the words of RFC 2119. */
  public List<Sentence> normative() {
    return sentences.stream().filter(Sentence::isNormative).toList();
  }

  private static List<String> blocks(String page) {
    List<String> blocks = new ArrayList<>();
    StringBuilder block = new StringBuilder();
    String fence = "";
    boolean first = true;
    for (String line : page.replace("\r\n", "\n").split("\n", -1)) {
      String mark = first && line.equals(FRONT_MATTER) ? FRONT_MATTER : FENCE;
      first = false;
      boolean turns = fence.isEmpty() ? line.strip().startsWith(mark) : closes(line, fence);
      boolean drops = turns || !fence.isEmpty() || line.isBlank() || TAG.matcher(line).matches();
      if (turns) {
        fence = fence.isEmpty() ? mark : "";
      }
      var item = ITEM.matcher(line);
      boolean heading = HEADING.matcher(line).matches();
      if (drops || item.matches() || line.startsWith("|") || heading) {
        flush(block, blocks);
      }
      if (!drops) {
        block.append(item.matches() ? item.group(1) : line).append(' ');
      }
      if (heading) {
        flush(block, blocks);
      }
    }
    flush(block, blocks);
    return blocks;
  }

  private static boolean closes(String line, String fence) {
    return fence.equals(FRONT_MATTER) ? line.equals(fence) : line.strip().startsWith(fence);
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
