package dev.plumbline.server.config;

import dev.plumbline.server.observe.EventLog;
import dev.plumbline.server.observe.Severity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The settings of a running server and their history. A change goes through as a whole or not at
 * all: whatever is wrong with it, and whoever refuses it, the settings of before stay.
 */
public final class Configuration {
  /** So many versions are remembered, the present one included. */
  static final int MAX_VERSIONS = 20;

  private static final String SOURCE = "config";

  private final Live<ServerConfig> live;
  private final Sources sources;
  private final InstantSource clock;
  private final EventLog events;
  private final Deque<Version> versions = new ArrayDeque<>();

  /** Begins with the settings of now as version 1. */
  public Configuration(
      Live<ServerConfig> live, Sources sources, InstantSource clock, EventLog events) {
    this.live = live;
    this.sources = sources;
    this.clock = clock;
    this.events = events;
    ServerConfig now = live.get();
    versions.addLast(new Version(1, 1, clock.instant(), digest(now), sources.label(), now));
  }

  /**
   * What a reload would change.
   *
   * @param document takes the place of the file; absent to read the file again
   * @throws InvalidConfigException when the settings cannot be used
   */
  public synchronized Difference dryRun(Optional<byte[]> document) throws InvalidConfigException {
    return Difference.between(current().config(), read(document));
  }

  /**
   * Makes the settings anew and runs with them.
   *
   * @param document takes the place of the file; absent to read the file again
   * @return what changed
   * @throws InvalidConfigException when the settings cannot be used
   * @throws RestartNeededException when one of the changes cannot count before a restart
   * @throws ChangeRefusedException when somebody cannot go along, for example because more is held
   *     than the new limit allows
   */
  public synchronized Difference reload(Optional<byte[]> document)
      throws InvalidConfigException, RestartNeededException {
    String label = document.isPresent() ? "control port" : sources.label();
    try {
      return change(read(document), label, Optional.empty());
    } catch (InvalidConfigException | RestartNeededException | ChangeRefusedException e) {
      kept(e);
      throw e;
    }
  }

  /**
   * Changes one setting.
   *
   * @throws InvalidConfigException when there is no such setting or the value cannot be
   * @throws RestartNeededException when it cannot count before a restart
   * @throws ChangeRefusedException when somebody cannot go along
   */
  public synchronized Difference set(String path, String value)
      throws InvalidConfigException, RestartNeededException {
    String label = "control port: " + Shown.text(path);
    try {
      return change(Sources.with(current().config(), label, path, value), label, Optional.empty());
    } catch (InvalidConfigException | RestartNeededException | ChangeRefusedException e) {
      kept(e);
      throw e;
    }
  }

  /**
   * Goes back to the version before the present one; repeated, further back.
   *
   * @return what changed; empty when no earlier version is known
   * @throws ChangeRefusedException when somebody cannot go along
   */
  public synchronized Optional<Difference> rollback() throws RestartNeededException {
    int origin = current().origin();
    Optional<Version> target =
        versions.stream()
            .filter(v -> v.number() == v.origin() && v.number() < origin)
            .reduce((_, later) -> later);
    if (target.isEmpty()) {
      return Optional.empty();
    }
    Version back = target.get();
    return Optional.of(
        change(back.config(), "rollback to version " + back.number(), Optional.of(back)));
  }

  /** True when there is a setting at the path. */
  public static boolean knows(String path) {
    return Settings.SERVER.find(path).isPresent();
  }

  /** The version that runs. */
  public synchronized Version current() {
    return versions.getLast();
  }

  /** The versions that are remembered, oldest first. */
  public synchronized List<Version> versions() {
    return List.copyOf(versions);
  }

  private ServerConfig read(Optional<byte[]> document) throws InvalidConfigException {
    return document.isPresent() ? sources.over("document", document.get()) : sources.read();
  }

  private synchronized Difference change(ServerConfig next, String source, Optional<Version> back)
      throws RestartNeededException {
    Difference difference = Difference.between(current().config(), next);
    if (!difference.needRestart().isEmpty()) {
      throw new RestartNeededException(difference.needRestart());
    }
    if (difference.changes().isEmpty() && back.isEmpty()) {
      return difference;
    }
    live.set(next);
    int number = current().number() + 1;
    if (versions.size() == MAX_VERSIONS) {
      versions.removeFirst();
    }
    Version version =
        new Version(
            number,
            back.map(Version::number).orElse(number),
            clock.instant(),
            digest(next),
            source,
            next);
    versions.addLast(version);
    events.add(
        Severity.INFO,
        SOURCE,
        "version " + number,
        "the settings have changed",
        Map.of(
            "source", source,
            "digest", version.digest(),
            "changes", Integer.toString(difference.changes().size())));
    return difference;
  }

  private void kept(Exception reason) {
    events.add(
        Severity.WARNING,
        SOURCE,
        "version " + current().number(),
        "new settings were refused; the present ones stay",
        Map.of("reason", String.valueOf(reason.getMessage())));
  }

  private static String digest(ServerConfig config) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      Settings.SERVER
          .flatten(config)
          .forEach(
              (path, value) ->
                  sha.update((path + "=" + value + "\n").getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The section {@code config}: the version that runs, those before, every setting. */
  public synchronized ObjectNode section() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("version", current().toJson());
    ArrayNode known = json.putArray("versions");
    versions.forEach(version -> known.add(version.toJson()));
    ArrayNode settings = json.putArray("settings");
    Map<String, Object> standard = Settings.SERVER.flatten(ServerConfig.standard());
    Settings.SERVER
        .flatten(current().config())
        .forEach(
            (path, value) -> {
              Settings.Row row = Settings.SERVER.find(path).orElseThrow();
              ObjectNode setting =
                  settings
                      .addObject()
                      .put("path", path)
                      .put("value", Difference.show(row, value))
                      .put("default", Difference.show(row, standard.get(path)))
                      .put("restart", row.effect() == Setting.Effect.RESTART);
              row.min().ifPresent(min -> setting.put("min", row.show(min)));
              row.max().ifPresent(max -> setting.put("max", row.show(max)));
            });
    return json;
  }
}
