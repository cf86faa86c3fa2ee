package dev.plumbline.chaos.proxy;

import dev.plumbline.evidence.model.HarnessException;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import eu.rekawek.toxiproxy.model.Toxic;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import eu.rekawek.toxiproxy.model.ToxicList;
import eu.rekawek.toxiproxy.model.toxic.Latency;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;

/** A link driven by Toxiproxy's official Java client. */
final class DrivenLink implements FaultLink {
  /** How often removing a toxic is tried, as the real server may be busy with its data. */
  private static final int HEAL_ATTEMPTS = 3;

  /** Ports that are tried before a link listens; somebody may be listening on one. */
  private static final int PORT_ATTEMPTS = 20;

  /**
   * Below what Linux (32768) and others (49152) give to outgoing connections: such a connection
   * would take the port of a link that is down, and the link could not be healed.
   */
  private static final int LOWEST_PORT = 20_000;

  private static final int HIGHEST_PORT = 32_000;

  private final ToxiproxyClient client;
  private final Proxy proxy;
  private volatile boolean listening;
  private volatile boolean deleted;

  DrivenLink(ToxiproxyClient client, Proxy proxy) {
    this.client = client;
    this.proxy = proxy;
  }

  /** An address to listen on that stays free while nobody listens there. */
  static String anyAddress() {
    return "127.0.0.1:" + ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT + 1);
  }

  @Override
  public String name() {
    return proxy.getName();
  }

  @Override
  public InetSocketAddress address() {
    if (!listening) {
      throw new IllegalStateException("the link " + name() + " was never enabled");
    }
    String listen = proxy.getListen();
    int colon = listen.lastIndexOf(':');
    return new InetSocketAddress(
        listen.substring(0, colon), Integer.parseInt(listen.substring(colon + 1)));
  }

  @Override
  public void enable() throws HarnessException, InterruptedException {
    for (int attempt = 1; true; attempt++) {
      try {
        call("enable", proxy::enable);
        listening = true;
        return;
      } catch (HarnessException e) {
        if (listening || attempt == PORT_ATTEMPTS || !isTaken(e)) {
          throw e;
        }
        call("move", () -> proxy.setListen(anyAddress()));
      }
    }
  }

  /** Go and Java say it with the words of the system, one of them in capitals. */
  private static boolean isTaken(HarnessException e) {
    return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("already in use");
  }

  @Override
  public void inject(List<Injection> injections) throws HarnessException, InterruptedException {
    down();
    clear();
    for (Injection injection : injections) {
      call("attach " + injection.name() + " to", () -> attach(injection));
    }
    Set<String> expected = new TreeSet<>(injections.stream().map(Injection::name).toList());
    Set<String> attached = new TreeSet<>(toxics());
    if (!attached.equals(expected)) {
      throw new HarnessException(
          "the fault proxy has " + attached + " on " + name() + " instead of " + expected);
    }
    enable();
  }

  private void attach(Injection injection) throws IOException {
    String id = injection.name();
    ToxicDirection way = ToxicDirection.valueOf(injection.direction().name());
    ToxicList toxics = proxy.toxics();
    switch (injection.toxic()) {
      case dev.plumbline.chaos.toxic.Toxic.Latency t ->
          toxics.latency(id, way, t.latency()).setJitter(t.jitter());
      case dev.plumbline.chaos.toxic.Toxic.Bandwidth t -> toxics.bandwidth(id, way, t.rate());
      case dev.plumbline.chaos.toxic.Toxic.SlowClose t -> toxics.slowClose(id, way, t.delay());
      case dev.plumbline.chaos.toxic.Toxic.Timeout t -> toxics.timeout(id, way, t.timeout());
      case dev.plumbline.chaos.toxic.Toxic.ResetPeer t -> toxics.resetPeer(id, way, t.timeout());
      case dev.plumbline.chaos.toxic.Toxic.Slicer t ->
          toxics.slicer(id, way, t.averageSize(), t.delay()).setSizeVariation(t.sizeVariation());
      case dev.plumbline.chaos.toxic.Toxic.LimitData t -> toxics.limitData(id, way, t.bytes());
      case dev.plumbline.chaos.toxic.Toxic.Noop _ ->
          throw new IOException("the Java client does not know noop");
    }
  }

  @Override
  public void adjust(Injection injection) throws HarnessException, InterruptedException {
    if (!(injection.toxic() instanceof dev.plumbline.chaos.toxic.Toxic.Latency wanted)) {
      throw new HarnessException("only a latency can be adjusted, not " + injection.name());
    }
    call(
        "adjust " + injection.name() + " on",
        () -> {
          Latency there = proxy.toxics().get(injection.name(), Latency.class);
          if (there.getJitter() != wanted.jitter()) {
            there.setJitter(wanted.jitter());
          }
          if (there.getLatency() != wanted.latency()) {
            there.setLatency(wanted.latency());
          }
        });
  }

  @Override
  public void down() throws HarnessException, InterruptedException {
    call("disable", proxy::disable);
  }

  @Override
  public void heal() throws HarnessException, InterruptedException {
    for (int attempt = 1; !toxics().isEmpty() && attempt <= HEAL_ATTEMPTS; attempt++) {
      clear();
    }
    enable();
    List<String> left = toxics();
    if (!left.isEmpty() || !isEnabled()) {
      throw new HarnessException(
          "the fault could not be healed: " + name() + " still has " + left + "; end the proxy");
    }
  }

  private void clear() throws HarnessException, InterruptedException {
    call(
        "remove the toxics of",
        () -> {
          for (Toxic toxic : proxy.toxics().getAll()) {
            toxic.remove();
          }
        });
  }

  @Override
  public List<String> toxics() throws HarnessException, InterruptedException {
    return ProxyCalls.bounded(
        "list the toxics of " + name(),
        () -> proxy.toxics().getAll().stream().map(Toxic::getName).sorted().toList());
  }

  @Override
  public boolean isEnabled() throws HarnessException, InterruptedException {
    return ProxyCalls.bounded("show " + name(), () -> client.getProxy(name()).isEnabled());
  }

  @Override
  public void close() {
    if (deleted) {
      return;
    }
    deleted = true;
    boolean interrupted = Thread.interrupted();
    try {
      call("delete", proxy::delete);
    } catch (HarnessException e) {
      // The proxy itself is gone, and with it the link.
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private interface Action {
    void run() throws IOException;
  }

  private void call(String what, Action action) throws HarnessException, InterruptedException {
    ProxyCalls.bounded(
        what + " " + name(),
        () -> {
          action.run();
          return true;
        });
  }
}
