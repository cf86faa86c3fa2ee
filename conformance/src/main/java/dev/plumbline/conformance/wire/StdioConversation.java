package dev.plumbline.conformance.wire;

import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A conversation over the standard streams of a process of its own. */
public final class StdioConversation extends BaseConversation {
  /** How long writing a notification may take. */
  private static final Duration WRITE_DEADLINE = Duration.ofSeconds(2);

  /** What the first exchange may take longer, since the process is starting. */
  private static final Duration START_ALLOWANCE = Duration.ofSeconds(6);

  private final ChildProcess child;
  private final StdioWire wire;
  private Duration allowance = START_ALLOWANCE;

  /**
   * @param child the process; ended by {@link #close()}
   */
  public StdioConversation(Era era, ChildProcess child, Recorder recorder, Redactor redactor) {
    super(era, recorder, redactor);
    this.child = child;
    this.wire = new StdioWire(child, recorder);
  }

  /**
   * The other era on the same process, for a target that did not answer in this one. Only one of
   * the two may be used from then on.
   */
  public StdioConversation in(Era other) {
    StdioConversation same = new StdioConversation(other, child, recorder(), redactor());
    same.continueAfter(this);
    same.allowance = allowance;
    return same;
  }

  /** Holds the first exchange to the same deadline as all others, start of the process or not. */
  public void withoutStartAllowance() {
    allowance = Duration.ZERO;
  }

  /** The process that is talked to. */
  public ChildProcess child() {
    return child;
  }

  @Override
  public Transport transport() {
    return Transport.STDIO;
  }

  @Override
  Draft wrap(ObjectNode message, boolean opening) {
    return Draft.post(era(), mirror(), "/", List.of(), message);
  }

  @Override
  public Draft http(String httpMethod) {
    throw new IllegalStateException("stdio carries no HTTP " + httpMethod);
  }

  @Override
  public Exchange send(String label, Draft draft) throws HarnessException, InterruptedException {
    Optional<Duration> own = draft.ownDeadline();
    Optional<JsonNode> id = draft.awaitedId();
    StdioWire.Until until;
    if (id.isPresent()) {
      until = new StdioWire.Until.Answer(id.get());
    } else if (draft.isNotification()) {
      until = own.isPresent() ? new StdioWire.Until.Time() : new StdioWire.Until.Now();
    } else {
      until = new StdioWire.Until.AnyResponse();
    }
    Duration limit = own.orElse(until instanceof StdioWire.Until.Now ? WRITE_DEADLINE : deadline());
    Duration first = until instanceof StdioWire.Until.Answer ? allowance : Duration.ZERO;
    allowance = Duration.ZERO;
    return converse(label, draft.stdio(), until, limit.plus(first));
  }

  @Override
  public Exchange listen(String label, Duration time)
      throws HarnessException, InterruptedException {
    return converse(label, new Outbound.Listening(), new StdioWire.Until.Time(), time);
  }

  private Exchange converse(String label, Outbound out, StdioWire.Until until, Duration limit)
      throws HarnessException, InterruptedException {
    List<Outbound> answers = new ArrayList<>();
    Consumer<JsonNode> onRequest =
        request ->
            answerTo(request)
                .ifPresent(
                    answer -> {
                      Outbound line = new Outbound.Line(Bytes.text(Messages.compact(answer)));
                      var _ =
                          child.write(
                              (Messages.compact(answer) + "\n")
                                  .getBytes(java.nio.charset.StandardCharsets.UTF_8));
                      answers.add(line);
                    });
    StdioWire.Seen seen = wire.exchange(out, until, limit, onRequest);
    for (Outbound answer : answers) {
      record(
          "answer", answer, new Inbound.Nothing(), End.COMPLETE, seen.sentAt(), -1, seen.endedAt());
    }
    return taken(label, out, seen);
  }

  @Override
  public Exchange hangUp(String label, Duration time)
      throws HarnessException, InterruptedException {
    return taken(label, new Outbound.Listening(), wire.hangUp(time));
  }

  private Exchange taken(String label, Outbound out, StdioWire.Seen seen) throws HarnessException {
    return record(
        label, out, seen.received(), seen.end(), seen.sentAt(), seen.firstByteAt(), seen.endedAt());
  }

  @Override
  public void close() {
    child.close();
  }
}
