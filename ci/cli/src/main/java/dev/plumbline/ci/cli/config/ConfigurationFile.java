package dev.plumbline.ci.cli.config;

import dev.plumbline.evidence.model.Names;
import dev.plumbline.evidence.model.Profile;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code plumbline.yaml}. Every mistake ends as one line: file, line, what is allowed. */
public final class ConfigurationFile {
  /** The file that is read when none is named and it exists. */
  public static final String DEFAULT_NAME = "plumbline.yaml";

  private ConfigurationFile() {}

  /**
   * Reads a file.
   *
   * @throws UsageException when it cannot be read or says something Plumbline does not understand
   */
  public static Configuration read(Path file) throws UsageException {
    return parse(file, SettingsText.read(file, "--config"));
  }

  /**
   * Parses the content of a file.
   *
   * @param file where it came from, for messages and relative paths
   * @throws UsageException when it says something Plumbline does not understand
   */
  static Configuration parse(Path file, String text) throws UsageException {
    Path folder = Path.of("").toAbsolutePath().resolve(file).getParent();
    Fields root = Fields.of(file.toString(), YamlReader.read(file.toString(), text), "the file");
    Path base = folder == null ? Path.of("") : folder;
    Configuration configuration =
        new Configuration(
            target(root.mapping("target")),
            root.value("profile", ConfigurationFile::profile),
            root.value("seed", Seeds::parse),
            path(root, "out", base),
            root.value("consent", ConsentGrant::parse),
            path(root, "baseline", base),
            path(root, "signing-key", base),
            root.value("toxiproxy", Addresses::requireHostAndPort),
            root.list("modes", Ids::requireFailureMode),
            root.list("only", Ids::requireClause),
            root.list("tag", word -> word),
            root.value("era", word -> word),
            root.list("read-only-tools", name -> name));
    root.refuseOthers();
    return configuration;
  }

  /**
   * Parses the name of a profile.
   *
   * @throws UsageException when there is none of this name
   */
  public static Profile profile(String text) throws UsageException {
    return Names.fromId(Profile.class, text)
        .orElseThrow(
            () ->
                new UsageException(
                    "'" + text + "' is not a profile; use " + Names.allIds(Profile.class)));
  }

  private static @Nullable TargetChoice target(@Nullable Fields target) throws UsageException {
    if (target == null) {
      return null;
    }
    URI url = target.value("url", TargetChoice::parseUrl);
    List<String> command = target.list("command", word -> word);
    List<String> headers = target.list("headers", header -> header);
    target.refuseOthers();
    if ((url == null) == command.isEmpty()) {
      throw target.problem("set either url or command below target");
    }
    if (url == null) {
      if (!headers.isEmpty()) {
        throw target.problem("headers need a url; a command gets its secrets by environment");
      }
      return new TargetChoice.Command(command);
    }
    return new TargetChoice.Url(url, headers);
  }

  private static @Nullable Path path(Fields fields, String key, Path base) throws UsageException {
    return fields.value(key, text -> base.resolve(text).normalize());
  }
}
