package dev.plumbline.server.config;

import dev.plumbline.server.observe.EventLog;
import dev.plumbline.server.observe.Severity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
  private static final String REFUSED = "new settings were refused; the present ones stay";

  private final Live<ServerConfig> live;
  private final ServerConfig start;
  private final Sources sources;
  private final InstantSource clock;
  private final EventLog events;
  private final Deque<Version> versions = new ArrayDeque<>();

  /** What a rollback goes back through, the present version last; no way back is in it. */
  private final List<Version> undoable = new ArrayList<>();

  /** How many of those before the present one could not be gone back to, one after another. */
  private int passedOver;

  /** Begins with the settings of now as version 1. */
  public Configuration(
      Live<ServerConfig> live, Sources sources, InstantSource clock, EventLog events) {
    this.live = live;
    this.sources = sources;
    this.clock = clock;
    this.events = events;
    ServerConfig now = live.get();
    this.start = now;
    versions.addLast(new Version(1, 1, clock.instant(), digest(now), sources.label(), now));
    undoable.add(versions.getLast());
  }

  /**
   * What a reload would come to.
   *
   * @param difference what it would change
   * @param refusal why it would be refused now, in the words of the reload
   */
  public record Prospect(Difference difference, Optional<String> refusal) {}

  /**
   * What a reload would come to now; changes nothing.
   *
   * @param document takes the place of the file; absent to read the file again
   * @throws InvalidConfigException when the settings cannot be used
   */
  public synchronized Prospect dryRun(Optional<byte[]> document) throws InvalidConfigException {
    ServerConfig next = read(document);
    Difference difference = Difference.between(current().config(), next);
    if (!difference.needRestart().isEmpty()) {
      var refusal = new RestartNeededException(difference.needRestart());
      return new Prospect(difference, Optional.ofNullable(refusal.getMessage()));
    }
    return new Prospect(
        difference, difference.changes().isEmpty() ? Optional.empty() : live.objection(next));
  }

  /**
   * Looks at the document alone: what runs now plays no part.
   *
   * @param document takes the place of the file; absent to read the file again
   * @return what it changes
   * @throws InvalidConfigException when the settings cannot be used
   */
  public synchronized Difference validate(Optional<byte[]> document) throws InvalidConfigException {
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
      kept(REFUSED, e);
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
      ServerConfig next =
          Sources.with(current().config(), "control port", Map.of(path, Optional.of(value)));
      return change(next, label, Optional.empty());
    } catch (InvalidConfigException | RestartNeededException | ChangeRefusedException e) {
      kept(REFUSED, e);
      throw e;
    }
  }

  /**
   * Changes several settings at once; what comes of it is for the caller to tell.
   *
   * @param values by path; without a value where an entry of a map is to go
   * @param source what the version is called
   * @throws InvalidConfigException when there is no such setting or they cannot be so together
   * @throws RestartNeededException when one of them cannot count before a restart
   * @throws ChangeRefusedException when somebody cannot go along
   */
  public synchronized Difference set(Map<String, Optional<String>> values, String source)
      throws InvalidConfigException, RestartNeededException {
    return change(Sources.with(current().config(), source, values), source, Optional.empty());
  }

  /** What is otherwise now than it was at the start. */
  public Difference sinceStart() {
    return Difference.between(start, live.get());
  }

  /**
   * Undoes the newest change that is not undone yet; repeated, the one before. A version that
   * cannot be gone back to now is passed over the next time, until another change goes through.
   *
   * @return what changed; empty when no earlier version is known
   * @throws ChangeRefusedException when somebody cannot go along
   */
  public synchronized Optional<Difference> rollback() throws RestartNeededException {
    int present = undoable.size() - 1;
    if (present == 0) {
      return Optional.empty();
    }
    // When none of them could be gone back to it begins anew.
    passedOver %= present;
    Version back = undoable.get(present - 1 - passedOver);
    try {
      return Optional.of(
          change(back.config(), "rollback to version " + back.number(), Optional.of(back)));
    } catch (RestartNeededException | ChangeRefusedException e) {
      passedOver++;
      kept("a rollback to version " + back.number() + " was refused; the next passes it over", e);
      throw e;
    }
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
    remember(version, back);
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

  private void remember(Version version, Optional<Version> back) {
    passedOver = 0;
    if (back.isPresent()) {
      undoable.subList(undoable.indexOf(back.get()) + 1, undoable.size()).clear();
      return;
    }
    undoable.add(version);
    if (undoable.size() > MAX_VERSIONS) {
      undoable.removeFirst();
    }
  }

  private void kept(String what, Exception reason) {
    String all =
        reason instanceof InvalidConfigException invalid
            ? invalid.everything()
            : String.valueOf(reason.getMessage());
    events.add(
        Severity.WARNING, SOURCE, "version " + current().number(), what, Map.of("reason", all));
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
