package dev.plumbline.ci.cli.requirement;

import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The list of requirements, read strictly: an odd row is our own fault. */
public final class Requirements {
  private static final String SCHEMA = "plumbline/requirements/v1";
  private static final String RESOURCE = "requirements.json";

  private Requirements() {}

  private record File(String schema, int count, List<Row> requirements) {}

  /** A requirement as it is written. */
  private record Row(
      String id,
      String statement,
      Standing standing,
      @Nullable String decision,
      List<String> by,
      @Nullable String note) {
    Requirement read() {
      try {
        return new Requirement(
            id, statement, standing, decision, by.stream().map(Reference::of).toList(), note);
      } catch (IllegalArgumentException e) {
        String message = String.valueOf(e.getMessage());
        throw new IllegalArgumentException(
            message.startsWith(id) ? message : id + ": " + message, e);
      }
    }
  }

  /**
   * All requirements, R001 first.
   *
   * @throws HarnessException when the list is missing, cut short or malformed
   */
  public static List<Requirement> load() throws HarnessException {
    try (InputStream in = Requirements.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IOException(RESOURCE + " is missing");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException | IllegalArgumentException e) {
      throw new HarnessException("the list of requirements is broken: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a list.
   *
   * @throws IOException when it is malformed
   * @throws IllegalArgumentException when a row contradicts itself, or an id is missing or there
   *     twice
   */
  static List<Requirement> parse(String json) throws IOException {
    File file = Json.read(json, File.class);
    if (!SCHEMA.equals(file.schema()) || file.count() != file.requirements().size()) {
      throw new IOException("form or count is wrong");
    }
    List<Requirement> all = new ArrayList<>();
    for (Row row : file.requirements()) {
      String due = "R%03d".formatted(all.size() + 1);
      if (!row.id().equals(due)) {
        throw new IllegalArgumentException(row.id() + " stands where " + due + " has to");
      }
      all.add(row.read());
    }
    return List.copyOf(all);
  }
}
