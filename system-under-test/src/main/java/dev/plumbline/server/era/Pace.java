package dev.plumbline.server.era;

import dev.plumbline.server.limit.RateGate;
import dev.plumbline.server.limit.Rates;
import dev.plumbline.server.limit.Refusal;
import dev.plumbline.server.protocol.Decoded;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.session.Session;
import dev.plumbline.server.session.Sessions;
import java.util.List;
import java.util.Optional;

/**
 * How often who may ask (C10): each session of the handshake era; in the stateless era each
 * principal, and without credentials each connection. Only requests count: what answers a question
 * or tells something is never refused for coming too fast.
 */
public final class Pace {
  private final Rates rates;
  private final Sessions sessions;

  /** The pace of everybody. */
  public Pace(Rates rates, Sessions sessions) {
    this.rates = rates;
    this.sessions = sessions;
  }

  /** Why this message comes too fast; takes leave for it when it does not. */
  Optional<Refusal> take(Inbound in, Decoded decoded) {
    int requests =
        switch (decoded) {
          case Decoded.Valid(Message.Request _) -> 1;
          case Decoded.Batch(var items) -> requests(items);
          case Decoded.Valid _, Decoded.Malformed _ -> 0;
        };
    return requests == 0 ? Optional.empty() : gate(in).take(requests);
  }

  private static int requests(List<Decoded> items) {
    return (int)
        items.stream().filter(item -> item instanceof Decoded.Valid(Message.Request _)).count();
  }

  /** Why a request would come too fast, before anything of it is decoded; takes nothing. */
  Optional<Refusal> look(Inbound in) {
    return gate(in).look();
  }

  private RateGate gate(Inbound in) {
    // Asked on event loops: a session that another process had until now counts from its next
    // request.
    Optional<Session> session =
        in.claimsSession() ? HandshakeLookup.here(sessions, in) : Optional.empty();
    if (session.isPresent()) {
      return rates.of(session.get().rate());
    }
    String principal = in.principal();
    return principal.equals(Inbound.ANONYMOUS)
        ? rates.of(in.peer().rate())
        : rates.ofPrincipal(principal);
  }
}
