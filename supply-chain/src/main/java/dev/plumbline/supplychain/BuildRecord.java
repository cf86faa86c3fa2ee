package dev.plumbline.supplychain;

import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who built what ships, from which commit and when: what {@code build/record.sh} leaves at the end
 * of a build, and {@code raw/supply-chain/build.json}.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param builder a URI of the place it was built at
 * @param commit what was built; empty outside of a repository
 * @param tree {@code clean}, {@code changed} or {@code unknown}
 * @param started when the build began
 * @param finished when everything that ships was built
 * @param java version and vendor of the JDK
 * @param maven version of Maven
 * @param bomSha256 digest of the bill of materials, and so of every jar
 */
record BuildRecord(
    String schema,
    String builder,
    String commit,
    String tree,
    Instant started,
    Instant finished,
    String java,
    String maven,
    String bomSha256) {
  /** The current version of the form. */
  static final String SCHEMA = "plumbline/build/v1";

  static final String FILE = "build.json";

  private static final String CLEAN = "clean";

  BuildRecord {
    if (!schema.equals(SCHEMA)) {
      throw new IllegalArgumentException("unknown form " + schema);
    }
  }

  /**
   * Reads what was recorded.
   *
   * @throws IOException when it is malformed
   */
  static BuildRecord read(Path file) throws IOException {
    return Json.read(file, BuildRecord.class);
  }

  /** Whether it is known where what ships comes from. */
  static Verdict known(@Nullable BuildRecord record, Subjects subjects) {
    if (record == null) {
      return new Verdict.NotObserved("the build left no target/build.json");
    }
    if (!record.bomSha256().equals(subjects.bomSha256())) {
      return new Verdict.NotObserved("target/build.json is about another build: build again");
    }
    List<Finding> findings = new ArrayList<>();
    if (record.commit().isEmpty()) {
      findings.add(
          finding(
              "nobody can tell from which commit this was built",
              "no commit",
              "build in a clone, with git on the PATH"));
    } else if (!record.tree().equals(CLEAN)) {
      findings.add(
          finding(
              "this was not built from " + record.commit() + " as it is in the repository",
              "a tree that is " + record.tree(),
              "commit what was changed, and build again"));
    }
    if (record.finished().isBefore(record.started())) {
      findings.add(
          finding(
              "the build ended before it began",
              record.started() + " to " + record.finished(),
              "build again, with a clock that is right"));
    }
    return Conclusions.verdict(findings, 1);
  }

  /** Its content, in one line. */
  String text() {
    return (commit.isEmpty() ? "no commit" : commit)
        + " ("
        + tree
        + "), "
        + started
        + " to "
        + finished
        + ", by "
        + builder
        + ", Java "
        + java
        + ", Maven "
        + maven;
  }

  private static Finding finding(String summary, String actual, String fix) {
    return Conclusions.finding(
        FILE, summary, "target/build.json", actual, "a clean tree of a known commit", actual, fix);
  }
}
