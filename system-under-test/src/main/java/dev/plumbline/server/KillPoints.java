package dev.plumbline.server;

import dev.plumbline.server.control.port.Action;
import dev.plumbline.server.control.port.Actions;
import dev.plumbline.server.control.port.Ask;
import dev.plumbline.server.control.port.Told;
import dev.plumbline.server.domain.Domains;
import dev.plumbline.server.domain.HandlerFault;
import dev.plumbline.server.domain.UnknownDomainException;
import dev.plumbline.server.session.Session;
import dev.plumbline.server.session.SessionEnd;
import dev.plumbline.server.session.Sessions;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What operators can do to failure domains, and what experiments can break: a domain, a transport,
 * a session, a handler. What breaks things is offered only with {@code --failpoints}.
 */
public final class KillPoints {
  private final Domains domains;
  private final Sessions sessions;

  KillPoints(Domains domains, Sessions sessions) {
    this.domains = domains;
    this.sessions = sessions;
  }

  /** Ends what goes on in a domain and restarts it; false when it is being restarted already. */
  public boolean killDomain(String name) throws UnknownDomainException {
    return domains.kill(name);
  }

  /** The same for a transport: its listener and its connections go too. */
  public boolean killTransport(String name) throws UnknownDomainException {
    if (name.startsWith(Domains.SESSION_PREFIX)) {
      throw new UnknownDomainException("no such transport");
    }
    return domains.kill(name);
  }

  /** Ends a session, named by its id or its pseudonym; false when there is none. */
  public boolean killSession(String name) {
    Optional<Session> found = sessions.named(name);
    return found.isPresent() && sessions.terminate(found.get(), SessionEnd.KILLED);
  }

  /**
   * Lets the next handlers fail.
   *
   * @param session the session they must belong to, by its id; empty for anybody's
   * @param times how many; per domain for anybody's
   * @return false when too many faults wait
   */
  public boolean failHandlers(HandlerFault fault, String session, int times) {
    return domains.failHandlers(fault, session, times);
  }

  /** Lets go of every handler that hangs, and forgets what was to fail. */
  public void calm() {
    domains.calm();
  }

  /** Adds them to the control port. */
  void offer(Actions actions) {
    actions.add(post("/domains/{name}/restart", false, ask -> domain(ask, domains::restart)));
    actions.add(post("/domains/{name}/reset", false, ask -> domain(ask, domains::reset)));
    actions.add(post("/domains/{name}/kill", true, ask -> domain(ask, this::killDomain)));
    actions.add(post("/transports/{name}/kill", true, ask -> domain(ask, this::killTransport)));
    actions.add(
        post("/sessions/{name}/kill", true, ask -> done(killSession(ask.var("name")), "session")));
    actions.add(post("/failpoints/handler", true, this::handler));
    actions.add(
        new Action(
            "DELETE",
            "/failpoints",
            true,
            _ -> {
              calm();
              return done(true, "");
            }));
  }

  private static Action post(String pattern, boolean failpoint, Action.Handler handler) {
    return new Action("POST", pattern, failpoint, handler);
  }

  private interface OnDomain {
    boolean act(String name) throws UnknownDomainException;
  }

  private static Told domain(Ask ask, OnDomain act) {
    try {
      return act.act(ask.var("name"))
          ? done(true, "")
          : Told.error(409, "wrong_state", "the domain is not in a state to do that");
    } catch (UnknownDomainException e) {
      return Told.error(404, "unknown_subject", String.valueOf(e.getMessage()));
    }
  }

  private static Told done(boolean found, String what) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    return found
        ? Told.json(202, json.put("accepted", true))
        : Told.error(404, "unknown_subject", "no such " + what);
  }

  /** {"fault": NAME, "session": ID or nothing, "times": N}. */
  private Told handler(Ask ask) {
    ObjectNode body = ask.object().orElseGet(JsonNodeFactory.instance::objectNode);
    Optional<HandlerFault> fault = HandlerFault.of(body.path("fault").asString(""));
    int times = body.path("times").asInt(1);
    if (fault.isEmpty() || times < 1) {
      return Told.badRequest("fault must be the name of one, times a positive number");
    }
    return failHandlers(fault.get(), body.path("session").asString(""), times)
        ? done(true, "")
        : Told.error(429, "too_many", "too many faults wait");
  }
}
