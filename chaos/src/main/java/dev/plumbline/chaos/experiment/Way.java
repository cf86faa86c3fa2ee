package dev.plumbline.chaos.experiment;

import dev.plumbline.chaos.proxy.FaultLink;
import dev.plumbline.chaos.proxy.FaultLink.Injection;
import dev.plumbline.chaos.proxy.FaultProxy;
import dev.plumbline.evidence.model.HarnessException;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * One way from clients to the target: tap, fault link, tap. The taps tell what goes in and what
 * comes out of the link, so what they miss was swallowed by the fault.
 */
public final class Way implements AutoCloseable {
  /**
   * What the taps saw in some time.
   *
   * @param swallowedUp bytes from the clients that never reached the target
   * @param swallowedDown bytes from the target that never reached the clients
   * @param resets connections the fault ended by RST, as the clients saw it
   * @param addedMs how much later than without the link an answer came, on average, milliseconds
   */
  public record Seen(long swallowedUp, long swallowedDown, int resets, double addedMs) {}

  /** A moment to measure from. */
  record Mark(Tap.Count front, Tap.Count back) {}

  private final Tap front;
  private final FaultLink link;
  private final Tap back;

  private Way(Tap front, FaultLink link, Tap back) {
    this.front = front;
    this.link = link;
    this.back = back;
  }

  /** A way without faults. */
  static Way open(FaultProxy proxy, String name, InetSocketAddress target)
      throws HarnessException, InterruptedException {
    Tap back = Tap.to(target);
    try {
      FaultLink link = proxy.link(name, back.address());
      try {
        link.enable();
        return new Way(Tap.to(link.address()), link, back);
      } catch (HarnessException | InterruptedException | RuntimeException e) {
        link.close();
        throw e;
      }
    } catch (HarnessException | InterruptedException | RuntimeException e) {
      back.close();
      throw e;
    }
  }

  /** Where clients connect. */
  InetSocketAddress address() {
    return front.address();
  }

  void inject(List<Injection> injections) throws HarnessException, InterruptedException {
    link.inject(injections);
    front.lead(link.address());
  }

  /** Changes a fault while nothing is on this way. */
  public void adjust(Injection injection) throws HarnessException, InterruptedException {
    link.adjust(injection);
  }

  void heal() throws HarnessException, InterruptedException {
    link.heal();
  }

  /** The counters now, to measure from. */
  Mark mark() {
    return new Mark(front.count(), back.count());
  }

  /** What happened since. */
  Seen since(Mark mark) {
    Tap.Count f = front.count();
    Tap.Count b = back.count();
    return new Seen(
        (f.upBytes() - mark.front().upBytes()) - (b.upBytes() - mark.back().upBytes()),
        (b.downBytes() - mark.back().downBytes()) - (f.downBytes() - mark.front().downBytes()),
        f.resets() - mark.front().resets(),
        meanTurnMs(mark.front(), f) - meanTurnMs(mark.back(), b));
  }

  private static double meanTurnMs(Tap.Count from, Tap.Count to) {
    long turns = to.turns() - from.turns();
    return turns == 0 ? 0 : (to.turnNanos() - from.turnNanos()) / 1e6 / turns;
  }

  @Override
  public void close() {
    link.close();
    front.close();
    back.close();
  }
}
