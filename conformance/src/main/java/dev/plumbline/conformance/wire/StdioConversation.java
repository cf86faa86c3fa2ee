package dev.plumbline.conformance.wire;

import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Transport;
import java.time.Duration;

/** A conversation over the standard streams of a process of its own. */
public final class StdioConversation extends DuplexConversation {
  /** What the first exchange may take longer, since the process is starting. */
  private static final Duration START_ALLOWANCE = Duration.ofSeconds(6);

  private final ChildProcess child;
  private Duration allowance = START_ALLOWANCE;

  /**
   * @param child the process; ended by {@link #close()}
   */
  public StdioConversation(Era era, ChildProcess child, Recorder recorder, Redactor redactor) {
    super(era, recorder, redactor);
    this.child = child;
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
  DuplexPeer reach() {
    return new ProcessPeer(child);
  }

  @Override
  Duration allowance() {
    Duration once = allowance;
    allowance = Duration.ZERO;
    return once;
  }

  @Override
  public Exchange stop(String label, Duration time) throws HarnessException, InterruptedException {
    return leave(label, time, peer -> child.askToEnd());
  }

  @Override
  public void close() {
    child.close();
  }
}
