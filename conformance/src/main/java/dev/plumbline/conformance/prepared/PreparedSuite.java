package dev.plumbline.conformance.prepared;

import dev.plumbline.conformance.target.Installation;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Judge;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteContext;
import dev.plumbline.evidence.model.SuiteResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/**
 * Takes a table that was made beforehand into the evidence, if it is about the server that ships.
 */
public final class PreparedSuite {
  private final Judge judge;
  private final Path table;
  private final String maker;
  private final Installation installation;

  /**
   * @param judge concludes from the table
   * @param table the file, as its maker left it
   * @param maker what makes it, for who has to make it again
   */
  public PreparedSuite(Judge judge, Path table, String maker, Installation installation) {
    this.judge = judge;
    this.table = table;
    this.maker = maker;
    this.installation = installation;
  }

  /**
   * Records and judges.
   *
   * @throws HarnessException when the table cannot be read or is about another build
   */
  public SuiteResult run(SuiteContext context) throws HarnessException {
    Suite suite = judge.suite();
    try {
      String server = Json.read(table, JsonNode.class).path("server").asString("");
      if (!installation.serverDigest().equals(server)) {
        throw new HarnessException(
            table + " is about another build of the bundled server; run " + maker + " again");
      }
      Files.copy(table, context.raw().resolve(table.getFileName()));
      SuiteResult result = judge.judge(context.raw());
      context.progress().planned(suite, result.checks().size(), 0);
      for (CheckResult check : result.checks()) {
        context.progress().started(suite, check.id(), check.title());
        context.progress().finished(suite, check);
      }
      return result;
    } catch (IOException e) {
      throw new HarnessException(
          "the table of " + suite.id() + " cannot be used: " + e.getMessage(), e);
    }
  }
}
