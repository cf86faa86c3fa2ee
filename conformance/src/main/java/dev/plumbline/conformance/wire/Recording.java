package dev.plumbline.conformance.wire;

import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Transport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Everything one script saw, sealed by its count: a file that lost its end or an exchange is
 * refused.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param id what was recorded, for example the clause id
 * @param era the era it was recorded in
 * @param transport what carried the exchanges
 * @param exchanges what was sent and received, in the order the exchanges ended
 * @param facts what the judge must know besides, sorted by key
 * @param count how many exchanges there are; written last
 */
public record Recording(
    String schema,
    String id,
    Era era,
    Transport transport,
    List<Exchange> exchanges,
    Map<String, String> facts,
    int count) {
  /** The current version of the form. */
  public static final String SCHEMA = "plumbline/recording/v1";

  /** The fact that tells why a script could not go on; its recording never supports a pass. */
  public static final String STOPPED = "stopped";

  /** The fact that tells that the target was gone afterwards; such a recording supports no pass. */
  public static final String LOST = "lost";

  /**
   * The fact that tells the number of each exchange's conversation, comma-separated; there is none
   * when everything was said in one.
   */
  public static final String CONVERSATIONS = "conversations";

  /**
   * @throws IllegalArgumentException when the count does not match or the form is unknown
   */
  public Recording {
    exchanges = List.copyOf(exchanges);
    facts = Collections.unmodifiableMap(new TreeMap<>(facts));
    if (!SCHEMA.equals(schema)) {
      throw new IllegalArgumentException("unknown form " + schema);
    }
    if (count != exchanges.size()) {
      throw new IllegalArgumentException(
          "sealed with " + count + " exchanges, found " + exchanges.size());
    }
  }

  /** A recording in the current form, sealed with its size. */
  public Recording(
      String id,
      Era era,
      Transport transport,
      List<Exchange> exchanges,
      Map<String, String> facts) {
    this(SCHEMA, id, era, transport, exchanges, facts, exchanges.size());
  }

  /** The first exchange with this label. */
  public Optional<Exchange> exchange(String label) {
    return exchanges.stream().filter(e -> e.label().equals(label)).findFirst();
  }

  /** The exchanges whose label starts with the prefix, in order. */
  public Stream<Exchange> exchanges(String labelPrefix) {
    return exchanges.stream().filter(e -> e.label().startsWith(labelPrefix));
  }

  /** The fact of that name. */
  public Optional<String> fact(String name) {
    return Optional.ofNullable(facts.get(name));
  }

  /** The number of the conversation of each exchange; all 0 when there was one. */
  public List<Integer> conversations() {
    String numbers = facts.get(CONVERSATIONS);
    if (numbers == null) {
      return Collections.nCopies(count, 0);
    }
    List<Integer> read = Arrays.stream(numbers.split(",", -1)).map(Integer::valueOf).toList();
    if (read.size() != count) {
      throw new IllegalArgumentException(
          CONVERSATIONS + " tells of " + read.size() + " exchanges, there are " + count);
    }
    return read;
  }

  /**
   * Reads a sealed file.
   *
   * @throws IOException when it is missing, truncated or malformed; the message names it
   */
  public static Recording read(Path file) throws IOException {
    return Json.read(file, Recording.class);
  }

  /** Writes the sealed file. */
  public void write(Path file) throws IOException {
    Json.write(file, this);
  }
}
