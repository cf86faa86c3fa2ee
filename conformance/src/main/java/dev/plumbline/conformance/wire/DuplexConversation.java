package dev.plumbline.conformance.wire;

import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What conversations share in which either side may speak at any time. */
abstract class DuplexConversation extends BaseConversation {
  /** How long writing a notification may take. */
  private static final Duration WRITE_DEADLINE = Duration.ofSeconds(2);

  private @Nullable DuplexPeer peer;
  private @Nullable DuplexWire wire;

  DuplexConversation(Era era, Recorder recorder, Redactor redactor) {
    super(era, recorder, redactor);
  }

  /** The other side, reached now; called once. */
  abstract DuplexPeer reach() throws IOException, HarnessException;

  /** What an exchange may take longer, asked once for each; nothing unless told. */
  Duration allowance() {
    return Duration.ZERO;
  }

  @Override
  Draft wrap(ObjectNode message, boolean opening) {
    return Draft.post(era(), mirror(), "/", List.of(), message);
  }

  @Override
  public final Draft http(String httpMethod) {
    throw new IllegalStateException(transport().id() + " carries no HTTP " + httpMethod);
  }

  @Override
  public final Exchange send(String label, Draft draft)
      throws HarnessException, InterruptedException {
    Optional<Duration> own = draft.ownDeadline();
    Optional<JsonNode> id = draft.awaitedId();
    DuplexWire.Until until;
    if (id.isPresent()) {
      until = new DuplexWire.Until.Answer(id.get());
    } else if (draft.isNotification()) {
      until = own.isPresent() ? new DuplexWire.Until.Time() : new DuplexWire.Until.Now();
    } else {
      until = new DuplexWire.Until.AnyResponse();
    }
    Duration limit =
        own.orElse(until instanceof DuplexWire.Until.Now ? WRITE_DEADLINE : deadline());
    Duration more = allowance();
    Duration first = until instanceof DuplexWire.Until.Answer ? more : Duration.ZERO;
    return converse(label, draft.stdio(), until, limit.plus(first));
  }

  @Override
  public final Exchange listen(String label, Duration time)
      throws HarnessException, InterruptedException {
    return converse(label, new Outbound.Listening(), new DuplexWire.Until.Time(), time);
  }

  private Exchange converse(String label, Outbound out, DuplexWire.Until until, Duration limit)
      throws HarnessException, InterruptedException {
    DuplexWire open;
    try {
      open = wire();
    } catch (IOException e) {
      return unreachable(label, out, e);
    }
    List<Said> said = new ArrayList<>();
    List<HarnessException> faults = new ArrayList<>();
    Consumer<JsonNode> onRequest = request -> answer(open, request, said, faults);
    DuplexWire.Seen seen = open.exchange(out, until, limit, onRequest);
    for (Said one : said) {
      String name = one.message().has("method") ? "aside" : "answer";
      record(name, one.out(), new Inbound.Nothing(), End.COMPLETE, one.at(), -1, one.at());
    }
    if (!faults.isEmpty()) {
      throw faults.getFirst();
    }
    return taken(label, out, seen);
  }

  /** What was said in the middle of an exchange. */
  private record Said(ObjectNode message, Outbound out, long at) {}

  private void answer(
      DuplexWire open, JsonNode request, List<Said> said, List<HarnessException> faults) {
    try {
      for (ObjectNode message : saidTo(request)) {
        said.add(new Said(message, open.say(message), System.nanoTime()));
      }
    } catch (HarnessException e) {
      faults.add(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private DuplexWire wire() throws IOException, HarnessException {
    if (wire == null) {
      peer = reach();
      wire = new DuplexWire(peer, recorder());
    }
    return wire;
  }

  private Exchange unreachable(String label, Outbound out, IOException e) throws HarnessException {
    long now = System.nanoTime();
    Inbound why = new Inbound.Unparsed(Bytes.EMPTY, Dial.reason(e));
    return record(label, out, why, End.CONNECT_FAILED, now, -1, now);
  }

  @Override
  public final Exchange hangUp(String label, Duration time)
      throws HarnessException, InterruptedException {
    return leave(label, time, DuplexPeer::closeInput);
  }

  /** Makes the other side end, and takes down what still comes. */
  final Exchange leave(String label, Duration time, Consumer<DuplexPeer> how)
      throws HarnessException, InterruptedException {
    try {
      DuplexWire open = wire();
      return taken(
          label,
          new Outbound.Listening(),
          open.leave(time, () -> how.accept(Objects.requireNonNull(peer))));
    } catch (IOException e) {
      return unreachable(label, new Outbound.Listening(), e);
    }
  }

  private Exchange taken(String label, Outbound out, DuplexWire.Seen seen) throws HarnessException {
    return record(
        label, out, seen.received(), seen.end(), seen.sentAt(), seen.firstByteAt(), seen.endedAt());
  }

  @Override
  public void close() {
    if (peer != null) {
      peer.close();
    }
  }
}
