package dev.plumbline.server;

import dev.plumbline.server.config.SecuritySettings;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.observe.Health;
import dev.plumbline.server.observe.Log;
import dev.plumbline.server.observe.SecurityEventType;
import dev.plumbline.server.observe.Telemetry;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What listens where, held to {@link SecuritySettings}. Whoever listens on loopback addresses alone
 * talks to processes of this machine, which need no TLS: whoever could read that wire could read
 * their memory as well. Any other address, the wildcards included, can be reached by others.
 *
 * @param settings what is demanded
 * @param doors everything that listens
 */
record Exposure(SecuritySettings settings, List<Door> doors) {
  private static final String PART = "security";

  /** Copies the list. */
  Exposure {
    doors = List.copyOf(doors);
  }

  /**
   * Something that listens.
   *
   * @param option how the command line says where
   * @param address where
   * @param encrypted true behind TLS
   * @param authenticated true when it asks everybody who they are
   * @param encrypt what to do for TLS
   * @param authenticate what to do to ask
   */
  record Door(
      String option,
      InetAddress address,
      boolean encrypted,
      boolean authenticated,
      String encrypt,
      String authenticate) {
    private static final String KEYSTORE = "name a --tls-keystore";

    /** Everything on the port of HTTP. */
    static Door http(InetAddress address, boolean encrypted, boolean authenticated) {
      return new Door(
          Flag.HOST.text(),
          address,
          encrypted,
          authenticated,
          KEYSTORE,
          "set authorization.issuer and authorization.keys");
    }

    /** Lines over TCP, which carry no token and have no TLS here. */
    static Door tcp(InetAddress address) {
      String leave = "leave --tcp-port out";
      return new Door(Flag.HOST.text(), address, false, false, leave, leave);
    }

    /** The control port, which always asks for its token. */
    static Door control(InetAddress address, boolean encrypted) {
      return new Door(Flag.CONTROL_HOST.text(), address, encrypted, true, KEYSTORE, "");
    }

    boolean reachedByOthers() {
      return !address.isLoopbackAddress();
    }

    private String told(String what, String remedy, String setting) {
      return option
          + " "
          + address.getHostAddress()
          + " lets other machines in "
          + what
          + ": "
          + remedy
          + ", or set "
          + setting
          + "=false and security.override=true";
    }
  }

  /**
   * A server with these listeners.
   *
   * @param host where HTTP and TCP listen
   * @param tls true when HTTP is encrypted
   * @param tcp true when TCP is offered
   * @param control where the control port listens
   * @param controlTls true when it is encrypted
   */
  static Exposure of(
      ServerConfig config,
      InetAddress host,
      boolean tls,
      boolean tcp,
      InetAddress control,
      boolean controlTls) {
    List<Door> doors = new ArrayList<>();
    doors.add(Door.http(host, tls, config.authorization().on()));
    if (tcp) {
      doors.add(Door.tcp(host));
    }
    doors.add(Door.control(control, controlTls));
    return new Exposure(config.security(), doors);
  }

  /**
   * A server on stdio: its peer is the process that started it, which holds both ends.
   *
   * @param control where the control port listens, if there is one
   */
  static Exposure ofStdio(ServerConfig config, boolean tls, Optional<InetAddress> control) {
    return new Exposure(
        config.security(), control.map(address -> Door.control(address, tls)).stream().toList());
  }

  /** Why this may not be, in one line; empty when it may. */
  Optional<String> objection() {
    for (Door door : doors) {
      if (!door.reachedByOthers()) {
        continue;
      }
      if (settings.requireTls() && !door.encrypted()) {
        return Optional.of(door.told("without TLS", door.encrypt(), "security.requireTls"));
      }
      if (settings.requireAuthentication() && !door.authenticated()) {
        return Optional.of(
            door.told(
                "without asking who they are",
                door.authenticate(),
                "security.requireAuthentication"));
      }
    }
    return Optional.empty();
  }

  /**
   * Lets a secure server pass.
   *
   * @throws IOException when it may not listen so; the message is one line
   */
  void check() throws IOException {
    Optional<String> objection = objection();
    if (objection.isPresent()) {
      throw new IOException(objection.get());
    }
  }

  /** Says what was switched off, wherever somebody may look. */
  void tell(Telemetry telemetry) {
    List<String> off = new ArrayList<>();
    if (!settings.requireTls()) {
      off.add("security.requireTls");
    }
    if (!settings.requireAuthentication()) {
      off.add("security.requireAuthentication");
    }
    boolean reached = doors.stream().anyMatch(Door::reachedByOthers);
    for (String setting : off) {
      Log.line("warning: " + setting + " is switched off");
      telemetry
          .security()
          .add(
              SecurityEventType.OPTED_OUT,
              false,
              Map.of("setting", setting, "reached", reached ? "other machines" : "this machine"));
    }
    if (!off.isEmpty()) {
      telemetry
          .health()
          .report(PART, Health.Level.DEGRADED, String.join(" and ", off) + " switched off");
    }
  }
}
