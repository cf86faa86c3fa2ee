package dev.plumbline.conformance.interop;

import dev.plumbline.conformance.target.Digests;
import dev.plumbline.conformance.target.Installation;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteContext;
import dev.plumbline.evidence.model.SuiteResult;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Takes a table of interoperability into the evidence, if it is about the server that ships. */
public final class InteropSuite {
  private final Path folder;
  private final Installation installation;

  /**
   * @param folder where {@code .ci/interop} left its table
   */
  public InteropSuite(Path folder, Installation installation) {
    this.folder = folder;
    this.installation = installation;
  }

  /**
   * Records and judges.
   *
   * @throws HarnessException when the table cannot be read or is about another build
   */
  public SuiteResult run(SuiteContext context) throws HarnessException {
    Path table = folder.resolve(InteropTable.FILE);
    try {
      String server = Json.read(table, InteropTable.class).server();
      if (!shipped().containsValue(server)) {
        throw new HarnessException(
            table + " is about another build of the bundled server; run .ci/interop again");
      }
      Files.copy(table, context.raw().resolve(InteropTable.FILE));
      SuiteResult result = new InteropJudge().judge(context.raw());
      context.progress().planned(Suite.INTEROP, result.checks().size(), 0);
      for (CheckResult check : result.checks()) {
        context.progress().started(Suite.INTEROP, check.id(), check.title());
        context.progress().finished(Suite.INTEROP, check);
      }
      return result;
    } catch (IOException e) {
      throw new HarnessException(
          "the table of interoperability cannot be used: " + e.getMessage(), e);
    }
  }

  /** The digests of the bundled server and client, by file name. */
  private Map<String, String> shipped() throws IOException, HarnessException {
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(installation.server(), "system-under-test-*.jar")) {
      found.forEach(jars::add);
    }
    return Digests.of(jars);
  }
}
