package dev.plumbline.conformance.run;

import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.wire.Recording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The recordings of a folder. Rules with the same script share the one the first of them made. */
final class Recordings {
  private final Path raw;
  private final Map<String, Rule> rules;
  private final Map<String, Recording> shared = new HashMap<>();

  Recordings(Path raw, Map<String, Rule> rules) {
    this.raw = raw;
    this.rules = rules;
  }

  /** The rule of that clause. */
  Rule rule(String clause) throws IOException {
    Rule rule = rules.get(clause);
    if (rule == null) {
      throw new IOException("no rule judges " + clause);
    }
    return rule;
  }

  /**
   * What the rule of the maker recorded, for the rule of this entry.
   *
   * @throws IOException when it is missing or malformed, or is not what that rule would have seen
   */
  Recording read(Plan.Entry entry, String maker) throws IOException {
    String file = entry.file(maker);
    boolean own = maker.equals(entry.clause());
    if (!own && !rule(maker).script().equals(rule(entry.clause()).script())) {
      throw new IOException(file + ": " + entry.clause() + " has another script than " + maker);
    }
    Recording known = shared.get(file);
    if (known != null) {
      return known;
    }
    Recording recording = Recording.read(raw.resolve(file));
    if (!recording.id().equals(maker)) {
      throw new IOException(file + ": no rule judges " + recording.id());
    }
    if (!own) {
      shared.put(file, recording);
    }
    return recording;
  }
}
