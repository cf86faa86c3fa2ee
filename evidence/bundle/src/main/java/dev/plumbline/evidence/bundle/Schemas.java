package dev.plumbline.evidence.bundle;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.RunFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The JSON Schemas (2020-12) of a bundle's files. Reading a file goes through its schema first and
 * the strict record binding after it.
 */
public enum Schemas {
  RUN,
  SUITE_RESULT,
  SUITE_SEAL,
  BASELINE,
  DECISION,
  MANIFEST,
  ENVELOPE,
  VERDICT_STATEMENT,
  TEST_RESULT_STATEMENT,
  PROVENANCE_STATEMENT,
  FILE_STATEMENT,
  RELEASE_EVIDENCE;

  /** Larger than any result a run writes; a file beyond it is refused before it is read. */
  private static final long MAX_FILE_BYTES = 256L * 1024 * 1024;

  private static final String ID = "urn:plumbline:schema:";
  private static final String FOLDER = "/dev/plumbline/evidence/schema/";

  /** The schema's name: its file is {@code <name>.schema.json}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The schema's own text. */
  public String text() {
    return resource(id());
  }

  /**
   * The first way in which a document breaks the schema.
   *
   * @throws IOException naming place and rule, when it does
   */
  public void check(JsonNode document) throws IOException {
    List<Error> errors = Objects.requireNonNull(Registry.SCHEMAS.get(this)).validate(document);
    if (!errors.isEmpty()) {
      Error first = errors.getFirst();
      throw new IOException(first.getInstanceLocation() + " " + first.getMessage());
    }
  }

  /**
   * Reads a text of this form.
   *
   * @throws IOException when it is not of this form; one line
   */
  public <T> T parse(String text, Class<T> type) throws IOException {
    check(Json.parse(text));
    return Json.read(text, type);
  }

  /**
   * Reads a file of this form.
   *
   * @throws java.nio.file.NoSuchFileException when it is missing
   * @throws IOException when it is not of this form; the message names the file
   */
  <T> T read(RunFolder folder, Path file, Class<T> type) throws IOException {
    Path name = folder.root().relativize(file);
    if (Files.size(file) > MAX_FILE_BYTES) {
      throw new IOException(name + ": larger than " + MAX_FILE_BYTES + " bytes");
    }
    String text = Files.readString(file, StandardCharsets.UTF_8);
    try {
      return parse(text, type);
    } catch (IOException e) {
      throw new IOException(name + ": " + oneLine(e), e);
    }
  }

  static String oneLine(Exception e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message.lines().findFirst().orElse("");
  }

  private static String resource(String name) {
    try (InputStream in = Schemas.class.getResourceAsStream(FOLDER + name + ".schema.json")) {
      if (in == null) {
        throw new IllegalStateException("the schema " + name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the schema " + name + " cannot be read", e);
    }
  }

  /** Parsed once, on first use. */
  private static final class Registry {
    private static final Map<Schemas, Schema> SCHEMAS = load();

    private static Map<Schemas, Schema> load() {
      Map<String, String> texts =
          Stream.concat(Stream.of("vocabulary"), Stream.of(values()).map(Schemas::id))
              .collect(Collectors.toMap(name -> ID + name, Schemas::resource));
      SchemaRegistry registry =
          SchemaRegistry.withDefaultDialect(
              SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(texts));
      return Stream.of(values())
          .collect(
              Collectors.toMap(
                  form -> form, form -> registry.getSchema(SchemaLocation.of(ID + form.id()))));
    }
  }
}
