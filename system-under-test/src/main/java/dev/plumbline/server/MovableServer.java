package dev.plumbline.server;

import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.feature.task.Tasks;
import dev.plumbline.server.handover.Movable;
import dev.plumbline.server.handover.OperatorState;
import dev.plumbline.server.observe.EventLog;
import dev.plumbline.server.round.ServerSecret;
import dev.plumbline.server.session.Sessions;
import dev.plumbline.server.session.store.SessionStore;
import dev.plumbline.server.session.store.Stores;
import dev.plumbline.server.transport.HttpTransport;
import dev.plumbline.server.transport.Network;
import dev.plumbline.server.transport.Passage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** A server as a handover sees it. */
final class MovableServer implements Movable {
  private static final String FILE = "file:";

  private final HttpServer server;
  private final ServerCore core;
  private final Network network;

  MovableServer(HttpServer server, ServerCore core, Network network) {
    this.server = server;
    this.core = core;
    this.network = network;
  }

  @Override
  public Map<String, Integer> descriptors() {
    return network.descriptors();
  }

  @Override
  public Map<String, Integer> ports() {
    Map<String, Integer> ports = new HashMap<>();
    ports.put(HttpTransport.LISTENER, network.http().port());
    network.tcp().ifPresent(tcp -> ports.put("tcp", tcp.port()));
    return ports;
  }

  @Override
  public ServerSecret secret() {
    return core.context().secret();
  }

  @Override
  public String store() {
    return store(core.context().config().get());
  }

  @Override
  public OperatorState operators() {
    return new OperatorState(
        core.control().configuration().sinceStart().toJson(),
        core.restraint().breakers().heldOpen().stream()
            .map(breaker -> new OperatorState.Held(breaker.name(), breaker.shared()))
            .toList());
  }

  /** Where sessions are kept by these settings, the same in whatever folder a process runs. */
  static String store(ServerConfig config) {
    String setting = config.sessions().store();
    return setting.startsWith(FILE)
        ? FILE + Path.of(setting.substring(FILE.length())).toAbsolutePath().normalize()
        : Stores.shown(setting);
  }

  @Override
  public Sessions sessions() {
    return core.sessions();
  }

  @Override
  public Tasks tasks() {
    return core.tasks();
  }

  @Override
  public EventLog events() {
    return core.context().telemetry().events();
  }

  @Override
  public void exchangeStore(Supplier<? extends SessionStore> next) {
    core.sessionRules().exchangeStore(next);
  }

  @Override
  public void reopenStore() {
    core.sessionRules().openStore();
  }

  @Override
  public void leaveDoor() {
    network.leaveDoor();
  }

  @Override
  public void releaseControl() {
    server.releaseControl();
  }

  @Override
  public void reclaimControl() throws IOException {
    server.reclaimControl();
  }

  @Override
  public void move(Passage elsewhere) {
    network.move(elsewhere);
  }

  @Override
  public void stay() {
    network.stay();
  }

  @Override
  public boolean awaitPassage(Duration limit) throws InterruptedException {
    return network.awaitPassage(limit);
  }

  @Override
  public void stop() throws InterruptedException {
    server.stop();
  }
}
