package dev.plumbline.ci.cli.config;

import dev.plumbline.conformance.target.Credentials;
import dev.plumbline.evidence.model.Names;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.supplychain.Waiver;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
            root.list("read-only-tools", name -> name),
            waivers(root));
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
    Fields prepared = target.mapping("credentials");
    Map<Credentials.Kind, String> credentials = prepared == null ? Map.of() : credentials(prepared);
    target.refuseOthers();
    if ((url == null) == command.isEmpty()) {
      throw target.problem("set either url or command below target");
    }
    if (url == null) {
      if (!headers.isEmpty() || !credentials.isEmpty()) {
        throw target.problem(
            "headers and credentials need a url; a command gets its secrets by environment");
      }
      return new TargetChoice.Command(command);
    }
    if (!credentials.isEmpty() && headers.isEmpty()) {
      throw target.problem("credentials are tried beside a lawful token: name it below headers");
    }
    return new TargetChoice.Url(url, headers, credentials);
  }

  /** Written as accepted failures are, with the id of an advisory in place of a clause. */
  private static List<Waiver> waivers(Fields root) throws UsageException {
    List<Waiver> waivers = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Fields fields : root.mappings("waivers")) {
      Waiver waiver =
          new Waiver(
              fields.required("advisory", id -> id),
              fields.required("reason", BaselineFile::reason),
              fields.required("expires", BaselineFile::date));
      fields.refuseOthers();
      if (!seen.add(waiver.advisory())) {
        throw fields.problem(waiver.advisory() + " is waived twice; keep one entry");
      }
      waivers.add(waiver);
    }
    return waivers;
  }

  private static Map<Credentials.Kind, String> credentials(Fields given) throws UsageException {
    Map<Credentials.Kind, String> credentials = new EnumMap<>(Credentials.Kind.class);
    for (Credentials.Kind kind : Credentials.Kind.values()) {
      String token = given.value(Names.toId(kind), ConfigurationFile::variable);
      if (token != null) {
        credentials.put(kind, token);
      }
    }
    given.refuseOthers();
    return credentials;
  }

  /** A token in a file would be read by whoever reads the file. */
  private static String variable(String text) throws UsageException {
    if (!text.matches("\\$\\{[A-Za-z_][A-Za-z0-9_]*}")) {
      throw new UsageException("a token is named by its variable, as in ${NARROW_TOKEN}");
    }
    return text;
  }

  private static @Nullable Path path(Fields fields, String key, Path base) throws UsageException {
    return fields.value(key, text -> base.resolve(text).normalize());
  }
}
