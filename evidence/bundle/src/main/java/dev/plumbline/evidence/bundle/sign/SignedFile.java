package dev.plumbline.evidence.bundle.sign;

import dev.plumbline.evidence.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A file that is no part of a bundle, signed: an in-toto statement about its SHA-256 in a DSSE
 * envelope beside it, {@code FILE.dsse.json}.
 *
 * @param name the file's name when it was signed
 * @param sha256 its digest
 * @param size its size in bytes
 * @param time when it was signed, by the signer's clock
 */
public record SignedFile(String name, String sha256, long size, Instant time) {
  /** The predicate type. */
  public static final String TYPE = "urn:plumbline:signed-file:v1";

  private static final String SUFFIX = ".dsse.json";
  private static final String SIGNER = "pkg:maven/dev.plumbline/evidence-bundle";

  /** More than any envelope of one statement about one file. */
  private static final long MAX_ENVELOPE_BYTES = 64 * 1024;

  /** Where the envelope of a file lies. */
  public static Path envelopeOf(Path file) {
    return file.resolveSibling(file.getFileName() + SUFFIX);
  }

  /**
   * Signs a file and writes the envelope beside it; one that is there is replaced.
   *
   * @param version Plumbline's version
   * @param now the time, from the caller's clock
   * @return the envelope's path
   * @throws IOException when the file cannot be read or the envelope not be written
   */
  public static Path sign(Path file, SigningKey key, String version, Instant now)
      throws IOException {
    Path envelope = envelopeOf(file);
    String statement =
        Statements.statement(
            List.of(
                Statements.ordered(
                    "name",
                    String.valueOf(file.getFileName()),
                    "digest",
                    Statements.digest(Digests.sha256(file)))),
            TYPE,
            Statements.ordered(
                "signer",
                Statements.ordered("id", SIGNER, "version", version),
                "size",
                Files.size(file),
                "timeSigned",
                now.toString()));
    Json.write(envelope, Envelope.sign(statement, key));
    return envelope;
  }

  /**
   * What an envelope says about a file, if this very key signed it and the file is still that one.
   *
   * @throws IOException when anything of it does not hold; one line
   */
  public static SignedFile check(Path file, Path envelope, PublicKey key) throws IOException {
    if (Files.size(envelope) > MAX_ENVELOPE_BYTES) {
      throw new IOException("too large to be an envelope");
    }
    JsonNode statement =
        Json.parse(Envelope.open(Files.readString(envelope, StandardCharsets.UTF_8), key));
    SignedFile signed = of(statement);
    String found = Digests.sha256(file);
    if (!found.equals(signed.sha256())) {
      throw new IOException(
          "the file was changed: its SHA-256 is " + found + ", signed is " + signed.sha256());
    }
    return signed;
  }

  private static SignedFile of(JsonNode statement) throws IOException {
    JsonNode subjects = statement.path("subject");
    if (!statement.path("predicateType").asString("").equals(TYPE) || subjects.size() != 1) {
      throw new IOException("a statement about something else than one file");
    }
    try {
      return new SignedFile(
          subjects.path(0).path("name").asString(""),
          subjects.path(0).path("digest").path("sha256").asString(""),
          statement.path("predicate").path("size").asLong(-1),
          Instant.parse(statement.path("predicate").path("timeSigned").asString("")));
    } catch (DateTimeParseException e) {
      throw new IOException("a statement without the time of signing", e);
    }
  }
}
