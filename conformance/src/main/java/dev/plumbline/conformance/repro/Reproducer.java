package dev.plumbline.conformance.repro;

import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Level;
import dev.plumbline.evidence.model.RunSettings;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.TargetIdentity;
import dev.plumbline.evidence.model.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One failure, with everything that is needed to make it happen again.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param id date, time and number, as in {@code 20261121_101203_001}; also the file's name
 * @param created when the run that found it began
 * @param harness the version that found it
 * @param suite the suite that found it
 * @param check what failed: a clause, a failure mode or an objective
 * @param title the requirement in one sentence
 * @param level its weight
 * @param page where the requirement stands
 * @param era the era it was seen in, or null
 * @param transport what carried it, or null
 * @param target who failed
 * @param start how the target is reached again
 * @param settings the decisions of the run, its seed among them
 * @param choices the choices of the walk that found it; empty without one
 * @param finding what was expected and what was seen
 * @param others how many more findings the same check had
 * @param way how it is made to happen again
 * @param environment machine and runtime
 */
public record Reproducer(
    String schema,
    String id,
    Instant created,
    String harness,
    Suite suite,
    String check,
    String title,
    Level level,
    String page,
    @Nullable Era era,
    @Nullable Transport transport,
    TargetIdentity target,
    Start start,
    RunSettings settings,
    List<Long> choices,
    Finding finding,
    int others,
    Way way,
    Map<String, String> environment) {
  /** The current version of the form. */
  public static final String SCHEMA = "plumbline/reproducer/v1";

  /** The folder of reproducers in a run. */
  public static final String FOLDER = "reproducers";

  /** The form of an id. */
  public static final Pattern ID = Pattern.compile("\\d{8}_\\d{6}_\\d{3}");

  /** A run writes no more than its three digits count. */
  public static final int MAX_NUMBER = 999;

  /** A file larger than this is not one of ours. */
  public static final long MAX_BYTES = 16L * 1024 * 1024;

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Pattern CHECK = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/ -]{0,120}");
  private static final int FINGERPRINT_DIGITS = 12;

  /**
   * @throws IllegalArgumentException when the form is unknown or the id does not fit
   */
  public Reproducer {
    choices = List.copyOf(choices);
    environment = Collections.unmodifiableMap(new TreeMap<>(environment));
    if (!SCHEMA.equals(schema)) {
      throw new IllegalArgumentException(
          "unknown form " + schema + "; this version reads " + SCHEMA);
    }
    if (!ID.matcher(id).matches() || !id.startsWith(STAMP.format(created))) {
      throw new IllegalArgumentException("the id " + id + " is not the time " + created);
    }
    if (!CHECK.matcher(check).matches()) {
      throw new IllegalArgumentException("'" + check + "' names no check");
    }
  }

  /** The id of the n-th reproducer of a run that began then. */
  public static String id(Instant created, int number) {
    return STAMP.format(created) + String.format(Locale.ROOT, "_%03d", number);
  }

  /** The number in its run, from 1. */
  public int number() {
    return Integer.parseInt(id.substring(id.length() - 3));
  }

  /**
   * The same for the same failure of the same server, whenever it was found: 12 hexadecimal digits.
   */
  public String fingerprint() {
    String who = target.name().equals("unknown") ? target.address() : target.name();
    String what =
        String.join(
            "\n",
            suite.id(),
            check,
            era == null ? "" : era.id(),
            transport == null ? "" : transport.id(),
            who);
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(what.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, FINGERPRINT_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * Reads a file strictly.
   *
   * @throws IOException when it is missing, too large, malformed, or not named by its id; one line
   */
  public static Reproducer read(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(name + " is no file");
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(name + " is larger than any reproducer");
    }
    Reproducer read = Json.read(file, Reproducer.class);
    if (!name.equals(read.id() + ".json")) {
      throw new IOException(name + ": holds " + read.id() + "; a reproducer is named by its id");
    }
    return read;
  }

  /** Writes the file, the script and the test into a folder. */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Json.write(folder.resolve(id + ".json"), this);
    Path script = folder.resolve(id + ".sh");
    Files.writeString(script, ShellScript.of(this));
    Files.writeString(folder.resolve(JUnitFile.name(this) + ".java"), JUnitFile.of(this));
  }
}
