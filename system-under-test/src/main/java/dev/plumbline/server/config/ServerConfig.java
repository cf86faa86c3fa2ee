package dev.plumbline.server.config;

import java.util.HashMap;
import java.util.Map;

/**
 * Everything about a server that can be set. The numbers of {@link #standard()} are those of the
 * decisions named at each record.
 *
 * @param queues how much may wait, by role
 * @param rate how often one session may ask
 * @param overload when a full queue becomes an alert
 * @param breaker when a failing dependency is left alone
 * @param outbound what may wait for one peer to read
 * @param sessions how long sessions live and where they are kept
 * @param domains how the server is divided so that failures stay where they are
 * @param control the control plane
 * @param monitors when memory, descriptors and pauses become an alert
 * @param observe where what is seen goes
 * @param authorization who may use the server over HTTP
 * @param security what is asked of listeners that other machines can reach
 * @param switches parts that can be turned off
 */
public record ServerConfig(
    QueueSettings queues,
    RateSettings rate,
    OverloadSettings overload,
    BreakerSettings breaker,
    OutboundSettings outbound,
    SessionSettings sessions,
    DomainSettings domains,
    ControlSettings control,
    MonitorSettings monitors,
    ObserveSettings observe,
    AuthorizationSettings authorization,
    SecuritySettings security,
    SwitchSettings switches) {

  /** The settings of a server that was told nothing. */
  public static ServerConfig standard() {
    return new ServerConfig(
        QueueSettings.standard(),
        RateSettings.standard(),
        OverloadSettings.standard(),
        BreakerSettings.standard(),
        OutboundSettings.standard(),
        SessionSettings.standard(),
        DomainSettings.standard(),
        ControlSettings.standard(),
        MonitorSettings.standard(),
        ObserveSettings.standard(),
        AuthorizationSettings.off(),
        SecuritySettings.standard(),
        SwitchSettings.standard());
  }

  /** With another cap of one role. */
  public ServerConfig withCap(String role, int cap) {
    Map<String, Integer> caps = new HashMap<>(queues.caps());
    caps.put(role, cap);
    return withQueues(new QueueSettings(caps));
  }

  /** With other queues. */
  public ServerConfig withQueues(QueueSettings other) {
    return new ServerConfig(
        other,
        rate,
        overload,
        breaker,
        outbound,
        sessions,
        domains,
        control,
        monitors,
        observe,
        authorization,
        security,
        switches);
  }

  /** With another rate. */
  public ServerConfig withRate(RateSettings other) {
    return new ServerConfig(
        queues,
        other,
        overload,
        breaker,
        outbound,
        sessions,
        domains,
        control,
        monitors,
        observe,
        authorization,
        security,
        switches);
  }

  /** With another bound on what waits for peers. */
  public ServerConfig withOutbound(OutboundSettings other) {
    return new ServerConfig(
        queues,
        rate,
        overload,
        breaker,
        other,
        sessions,
        domains,
        control,
        monitors,
        observe,
        authorization,
        security,
        switches);
  }

  /** Without a limit on how often one client may ask: for measurements. */
  public ServerConfig withoutRate() {
    return withRate(new RateSettings(RateKind.OFF, rate.perSecond(), rate.burst()));
  }

  /** With other rules for sessions. */
  public ServerConfig withSessions(SessionSettings other) {
    return new ServerConfig(
        queues,
        rate,
        overload,
        breaker,
        outbound,
        other,
        domains,
        control,
        monitors,
        observe,
        authorization,
        security,
        switches);
  }

  /** With another control plane. */
  public ServerConfig withControl(ControlSettings other) {
    return new ServerConfig(
        queues,
        rate,
        overload,
        breaker,
        outbound,
        sessions,
        domains,
        other,
        monitors,
        observe,
        authorization,
        security,
        switches);
  }

  /** With other switches. */
  public ServerConfig withSwitches(SwitchSettings other) {
    return new ServerConfig(
        queues,
        rate,
        overload,
        breaker,
        outbound,
        sessions,
        domains,
        control,
        monitors,
        observe,
        authorization,
        security,
        other);
  }

  /** With other conditions for whoever uses it. */
  public ServerConfig withAuthorization(AuthorizationSettings other) {
    return new ServerConfig(
        queues, rate, overload, breaker, outbound, sessions, domains, control, monitors, observe,
        other, security, switches);
  }

  /** With other demands on what other machines can reach. */
  public ServerConfig withSecurity(SecuritySettings other) {
    return new ServerConfig(
        queues,
        rate,
        overload,
        breaker,
        outbound,
        sessions,
        domains,
        control,
        monitors,
        observe,
        authorization,
        other,
        switches);
  }
}
