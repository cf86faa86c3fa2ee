package dev.plumbline.server.client;

import dev.plumbline.server.protocol.JsonLimits;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the user asked for.
 *
 * @param command what to do
 * @param target with which server
 * @param address the server as the user wrote it
 * @param tool the tool to call, or empty
 * @param arguments its arguments
 * @param options how
 * @param json true for machines
 */
record CommandLine(
    Command command,
    Target target,
    String address,
    String tool,
    ObjectNode arguments,
    ClientOptions options,
    boolean json) {
  static final String USAGE =
      "usage: call URL TOOL ['{\"argument\":1}'] | inspect URL | scenario URL; options: --era auto|handshake|stateless,"
          + " --header 'Name: value', --timeout SECONDS, --http2, --json; instead of URL: -- command arguments";
  private static final int MAX_SECONDS = 86_400;
  private static final String FORBIDDEN = "connection content-length expect host upgrade";

  /** The commands that connect to a server of the user's. */
  enum Command {
    CALL,
    INSPECT
  }

  static CommandLine parse(List<String> given) throws UsageException {
    if (given.isEmpty()) {
      throw new UsageException(USAGE);
    }
    Command command =
        switch (given.getFirst()) {
          case "call" -> Command.CALL;
          case "inspect" -> Command.INSPECT;
          default ->
              throw new UsageException("unknown command '" + given.getFirst() + "'; " + USAGE);
        };
    int separator = given.indexOf("--");
    List<String> child = separator < 0 ? List.of() : given.subList(separator + 1, given.size());
    List<String> own = given.subList(1, separator < 0 ? given.size() : separator);
    Words words = Words.read(own);
    List<String> positional = words.positional;
    String address = separator < 0 ? first(positional) : String.join(" ", child);
    Target target = separator < 0 ? target(address) : child(child);
    int wanted = command == Command.CALL ? 2 : 0;
    if (positional.size() > wanted || (command == Command.CALL && positional.isEmpty())) {
      throw new UsageException(
          command == Command.CALL
              ? "call needs a tool's name and at most one JSON object; " + USAGE
              : USAGE);
    }
    String tool = positional.isEmpty() ? "" : positional.getFirst();
    ObjectNode arguments =
        positional.size() < 2
            ? JsonNodeFactory.instance.objectNode()
            : arguments(positional.get(1));
    return new CommandLine(command, target, address, tool, arguments, words.options(), words.json);
  }

  /** The words in front of {@code --}, sorted. */
  private static final class Words {
    private final List<String> positional = new ArrayList<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private EraPreference era = EraPreference.AUTO;
    private ClientOptions.Timeouts timeouts = ClientOptions.Timeouts.DEFAULT;
    private boolean json;
    private boolean http2;

    static Words read(List<String> own) throws UsageException {
      Words words = new Words();
      for (int i = 0; i < own.size(); i++) {
        String word = own.get(i);
        switch (word) {
          case "--json" -> words.json = true;
          case "--http2" -> words.http2 = true;
          case "--era" -> words.era = era(value(own, ++i, word));
          case "--timeout" ->
              words.timeouts = ClientOptions.Timeouts.of(seconds(value(own, ++i, word)));
          case "--header" -> header(words.headers, value(own, ++i, word));
          default -> {
            if (word.startsWith("--")) {
              throw new UsageException("unknown option " + word + "; " + USAGE);
            }
            words.positional.add(word);
          }
        }
      }
      return words;
    }

    ClientOptions options() {
      return ClientOptions.named("plumbline-client", version())
          .withEra(era)
          .withTimeouts(timeouts)
          .withHeaders(headers)
          .withHttp2(http2)
          .withTasks(true)
          .withHandlers(Handlers.NONE.withElicitation(Elicitations::acceptDefaults));
    }
  }

  private static String version() {
    String version = CommandLine.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  private static String first(List<String> positional) throws UsageException {
    if (positional.isEmpty()) {
      throw new UsageException("no server named; " + USAGE);
    }
    return positional.removeFirst();
  }

  private static Target child(List<String> command) throws UsageException {
    if (command.isEmpty()) {
      throw new UsageException("nothing follows --; name the command that starts the server");
    }
    return new Target.Child(command, Map.of());
  }

  private static Target target(String address) throws UsageException {
    try {
      return Target.of(address);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "'"
              + address
              + "' is no address of a server; write http://host:port/path, https, ws, wss or tcp://host:port");
    }
  }

  private static String value(List<String> words, int at, String option) throws UsageException {
    if (at >= words.size()) {
      throw new UsageException(option + " needs a value");
    }
    return words.get(at);
  }

  private static EraPreference era(String text) throws UsageException {
    try {
      return EraPreference.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--era is auto, handshake or stateless, not " + text);
    }
  }

  private static Duration seconds(String text) throws UsageException {
    try {
      double seconds = Double.parseDouble(text);
      if (seconds > 0 && seconds <= MAX_SECONDS) {
        return Duration.ofMillis(Math.max(1, (long) (seconds * 1_000)));
      }
    } catch (NumberFormatException e) {
      // Same answer as a number out of range.
    }
    throw new UsageException(
        "--timeout is a number of seconds up to " + MAX_SECONDS + ", not " + text);
  }

  private static void header(Map<String, String> headers, String text) throws UsageException {
    int colon = text.indexOf(':');
    String name = colon < 0 ? "" : text.substring(0, colon).strip();
    String value = colon < 0 ? "" : EnvironmentText.expand(name, text.substring(colon + 1)).strip();
    boolean sound =
        name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")
            && value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7f && c <= 0xff));
    if (!sound || List.of(FORBIDDEN.split(" ", -1)).contains(name.toLowerCase(Locale.ROOT))) {
      throw new UsageException("--header is 'Name: value' with a name a client may set");
    }
    headers.put(name, value);
  }

  private static ObjectNode arguments(String text) throws UsageException {
    try {
      JsonNode read = JsonLimits.mapper().readTree(text);
      if (read instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException e) {
      // Same answer as a value that is no object.
    }
    throw new UsageException(
        "the arguments are not a JSON object; write for example '{\"text\":\"hello\"}'");
  }

  /** One line for a server that could not be talked to. */
  String unreachable(IOException why) {
    if (why instanceof ConnectException || why instanceof UnknownHostException) {
      return "no server answers at " + address + "; is it running, and is this its address?";
    }
    if (target instanceof Target.Child
        && why.getMessage() != null
        && why.getMessage().startsWith("Cannot run program")) {
      return "the command cannot be started: " + address + "; is it installed?";
    }
    return "no conversation with "
        + address
        + ": "
        + (why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage());
  }
}
