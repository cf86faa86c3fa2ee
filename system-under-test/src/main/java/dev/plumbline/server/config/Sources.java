package dev.plumbline.server.config;

import dev.plumbline.server.config.Settings.Row;
import dev.plumbline.server.config.SettingsReader.Said;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where settings come from. Later ones win: defaults, the file, the environment variable {@value
 * #SET_VARIABLE}, the command line.
 *
 * @param defaults what nobody has to say
 * @param file the file, when there is one
 * @param environment single settings, {@code path=value}
 * @param commandLine single settings, {@code path=value}
 */
public record Sources(
    ServerConfig defaults,
    Optional<Path> file,
    List<String> environment,
    List<String> commandLine) {
  /** Names the file when the command line does not. */
  public static final String FILE_VARIABLE = "PLUMBLINE_CONFIG";

  /** Single settings, {@code path=value}, separated by white space. */
  public static final String SET_VARIABLE = "PLUMBLINE_SET";

  private static final String COMMAND_LINE = "--set";

  /** Copies the lists. */
  public Sources {
    environment = List.copyOf(environment);
    commandLine = List.copyOf(commandLine);
  }

  /** Nothing but the defaults. */
  public static Sources none() {
    return new Sources(ServerConfig.standard(), Optional.empty(), List.of(), List.of());
  }

  /** What a process was told. */
  public static Sources of(
      Map<String, String> environment, Optional<Path> file, List<String> commandLine) {
    String set = environment.getOrDefault(SET_VARIABLE, "").strip();
    Optional<Path> named =
        Optional.ofNullable(environment.get(FILE_VARIABLE))
            .filter(text -> !text.isBlank())
            .map(Path::of);
    return new Sources(
        ServerConfig.standard(),
        file.or(() -> named),
        set.isEmpty() ? List.of() : List.of(set.split("\\s+")),
        commandLine);
  }

  /** With other defaults. */
  public Sources withDefaults(ServerConfig other) {
    return new Sources(other, file, environment, commandLine);
  }

  /** What a version made of these is called. */
  public String label() {
    return file.map(path -> "file " + path.getFileName()).orElse("start");
  }

  /**
   * The settings of now; reads the file.
   *
   * @throws InvalidConfigException when they cannot be used
   */
  public ServerConfig read() throws InvalidConfigException {
    return file.isEmpty() ? over(label(), new byte[0]) : over(label(), content(file.get()));
  }

  /**
   * The settings with this document in the place of the file.
   *
   * @param label who said it, for messages
   * @throws InvalidConfigException when they cannot be used
   */
  public ServerConfig over(String label, byte[] document) throws InvalidConfigException {
    List<Problem> problems = new ArrayList<>();
    SortedMap<String, Object> values = new TreeMap<>(Settings.SERVER.flatten(defaults));
    try {
      SettingsReader.read(document).forEach(said -> put(values, said, problems));
    } catch (SettingsReader.Malformed e) {
      throw new InvalidConfigException(label, List.of(e.problem()));
    }
    environment.forEach(text -> put(values, single(SET_VARIABLE, text, problems), problems));
    commandLine.forEach(text -> put(values, single(COMMAND_LINE, text, problems), problems));
    return checked(label, values, problems);
  }

  /**
   * The settings with some of them changed, or gone where no value is given.
   *
   * @throws InvalidConfigException when they cannot be used
   */
  static ServerConfig with(ServerConfig config, String label, Map<String, Optional<String>> changes)
      throws InvalidConfigException {
    List<Problem> problems = new ArrayList<>();
    SortedMap<String, Object> values = Settings.SERVER.flatten(config);
    changes.forEach(
        (path, value) ->
            value.ifPresentOrElse(
                text -> put(values, new Said(path, Scalar.plain(text)), problems),
                () -> drop(values, path, problems)));
    return checked(label, values, problems);
  }

  private static ServerConfig checked(
      String label, SortedMap<String, Object> values, List<Problem> problems)
      throws InvalidConfigException {
    if (values.size() > Settings.MAX_NAMES) {
      problems.add(new Problem("document", "names more than " + Settings.MAX_NAMES + " settings"));
    }
    if (problems.isEmpty()) {
      ServerConfig config = Settings.SERVER.build(values);
      problems.addAll(WholeRules.violations(config));
      if (problems.isEmpty()) {
        return config;
      }
    }
    throw new InvalidConfigException(label, problems);
  }

  private static Said single(String from, String text, List<Problem> problems) {
    int equals = text.indexOf('=');
    if (equals <= 0) {
      problems.add(new Problem(from, "'" + Shown.text(text) + "' must be path=value"));
      return new Said("", Scalar.plain(""));
    }
    return new Said(
        Shown.text(text.substring(0, equals)), Scalar.plain(text.substring(equals + 1)));
  }

  private static void put(Map<String, Object> values, Said said, List<Problem> problems) {
    if (said.path().isEmpty()) {
      return;
    }
    Optional<Row> row = Settings.SERVER.find(said.path());
    if (row.isEmpty()) {
      problems.add(unknown(said.path()));
      return;
    }
    Optional<Object> value = row.get().kind().parse(said.value());
    if (value.isEmpty()) {
      String given = row.get().secret() ? "that" : "'" + Shown.text(said.value().text()) + "'";
      problems.add(new Problem(said.path(), row.get().misread(said.value(), given)));
      return;
    }
    Optional<String> objection = row.get().objection(value.get());
    if (objection.isPresent()) {
      problems.add(new Problem(said.path(), objection.get()));
    } else {
      values.put(said.path(), value.get());
    }
  }

  /** Only what nobody has to say can go: an entry of a map. */
  private static void drop(Map<String, Object> values, String path, List<Problem> problems) {
    if (Settings.SERVER.flatten(ServerConfig.standard()).containsKey(path)) {
      problems.add(new Problem(path, "has to have a value"));
    } else if (values.remove(path) == null) {
      problems.add(unknown(path));
    }
  }

  private static Problem unknown(String path) {
    if (Settings.SERVER.isFolder(path)) {
      return new Problem(path, "holds settings; set one of " + Settings.SERVER.known(path));
    }
    String folder = path;
    while (!folder.isEmpty() && !Settings.SERVER.isFolder(folder)) {
      folder = folder.contains(".") ? folder.substring(0, folder.lastIndexOf('.')) : "";
    }
    return new Problem(path, "unknown setting; known here: " + Settings.SERVER.known(folder));
  }

  private static byte[] content(Path file) throws InvalidConfigException {
    try (InputStream in = Files.newInputStream(file)) {
      // One byte more than may be: enough to know that it is too long.
      return in.readNBytes(SettingsReader.MAX_BYTES + 1);
    } catch (IOException | SecurityException e) {
      throw new InvalidConfigException(
          "settings",
          List.of(new Problem(file.toString(), "cannot be read; name a readable file")));
    }
  }
}
