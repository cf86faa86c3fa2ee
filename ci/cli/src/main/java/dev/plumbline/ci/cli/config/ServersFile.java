package dev.plumbline.ci.cli.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code servers.yaml}. Every mistake ends as one line: file, line, what is allowed. */
public final class ServersFile {
  /** The file that is read when none is named. */
  public static final String DEFAULT_NAME = "servers.yaml";

  /** How long one run may take unless its entry says otherwise. */
  public static final Duration TIMEOUT = Duration.ofMinutes(5);

  private static final int MAX_SERVERS = 200;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern SECONDS = Pattern.compile("([1-9]\\d{0,4})(s|m)");

  private ServersFile() {}

  /**
   * Reads a file.
   *
   * @throws UsageException when it cannot be read or says something Plumbline does not understand
   */
  public static Servers read(Path file) throws UsageException {
    String name = file.toString();
    Fields root =
        Fields.of(
            name, YamlReader.read(name, SettingsText.read(file, "the file's name")), "the file");
    List<Servers.Server> servers = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Fields fields : root.mappings("servers")) {
      Servers.Server server = server(fields);
      if (!names.add(server.name())) {
        throw fields.problem("two servers are called " + server.name() + "; rename one");
      }
      servers.add(server);
    }
    Servers all =
        new Servers(
            root.value("profile", ConfigurationFile::profile),
            root.value("seed", Seeds::parse),
            root.list("only", Ids::requireClause),
            root.list("tag", word -> word),
            servers);
    root.refuseOthers();
    if (servers.isEmpty() || servers.size() > MAX_SERVERS) {
      throw root.problem(
          "'servers' lists " + servers.size() + " servers; list 1 to " + MAX_SERVERS);
    }
    return all;
  }

  private static Servers.Server server(Fields fields) throws UsageException {
    String name = fields.required("name", ServersFile::name);
    TargetChoice target = target(fields, name);
    ConsentGrant consent = fields.value("consent", ConsentGrant::parse);
    Duration timeout = fields.value("timeout", ServersFile::duration);
    Servers.Server server =
        new Servers.Server(
            name,
            target,
            consent == null
                ? target instanceof TargetChoice.Bundled ? ConsentGrant.ALL : ConsentGrant.DEFAULT
                : consent,
            fields.value("era", word -> word),
            timeout == null ? TIMEOUT : timeout,
            fields.list("read-only-tools", tool -> tool));
    fields.refuseOthers();
    return server;
  }

  private static TargetChoice target(Fields fields, String name) throws UsageException {
    @Nullable URI url = fields.value("url", TargetChoice::parseUrl);
    List<String> command = fields.list("command", word -> word);
    Boolean bundled = fields.value("bundled", ServersFile::truth);
    String mutant = fields.value("mutant", word -> word);
    List<String> headers = fields.list("headers", header -> header);
    Map<String, String> environment = fields.texts("env");
    int given =
        (url == null ? 0 : 1)
            + (command.isEmpty() ? 0 : 1)
            + (bundled == null && mutant == null ? 0 : 1);
    if (given != 1) {
      throw fields.problem(
          name + " needs one of url, command, and bundled: true (with a mutant, or without)");
    }
    if (!headers.isEmpty() && url == null) {
      throw fields.problem("headers need a url; a command gets its secrets by env");
    }
    if (!environment.isEmpty() && command.isEmpty()) {
      throw fields.problem("env needs a command");
    }
    if (url != null) {
      return new TargetChoice.Url(url, headers);
    }
    return command.isEmpty()
        ? new TargetChoice.Bundled(mutant)
        : new TargetChoice.Command(command, environment);
  }

  private static String name(String text) throws UsageException {
    if (!NAME.matcher(text).matches()) {
      throw new UsageException(
          "'" + text + "' is not a name; use letters, digits, dots and hyphens, at most 64");
    }
    return text;
  }

  private static Boolean truth(String text) throws UsageException {
    if (!text.equals("true")) {
      throw new UsageException("'" + text + "' is not true; leave the line out instead");
    }
    return true;
  }

  private static Duration duration(String text) throws UsageException {
    Matcher matcher = SECONDS.matcher(text);
    if (!matcher.matches()) {
      throw new UsageException("'" + text + "' is not a time; write 90s or 5m");
    }
    long number = Long.parseLong(matcher.group(1));
    return matcher.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMinutes(number);
  }
}
