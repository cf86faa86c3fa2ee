package dev.plumbline.server.control;

import dev.plumbline.server.config.ControlSettings;
import dev.plumbline.server.config.Live;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.observe.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A plane whose clock stands still until it is told to go on. */
final class PlaneFixture implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  final AtomicLong nanos = new AtomicLong(1_000_000_000);
  final Live<ServerConfig> config = new Live<>(ServerConfig.standard());
  final Telemetry telemetry = Telemetry.create();
  final ControlPlane plane =
      new ControlPlane(config, nanos::get, () -> Instant.EPOCH.plusNanos(nanos.get()), telemetry);

  /** Lets time pass, and has the plane look. */
  void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
    plane.check();
  }

  /** With other limits. */
  void limits(int components, int queue) {
    ControlSettings c = config.get().control();
    config.set(
        config
            .get()
            .withControl(
                new ControlSettings(
                    components,
                    queue,
                    c.handler(),
                    c.health(),
                    c.drain(),
                    c.cancel(),
                    c.breaker())));
  }

  static Delivery get(Future<Delivery> future) {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("no reply", e);
    }
  }

  static ControlReply reply(Future<Delivery> future) {
    return get(future).reply();
  }

  /** Why it was refused; null when it was not. */
  static Refusal refusal(Future<Delivery> future) {
    return reply(future) instanceof ControlReply.Refused refused
        ? refused.cause()
        : Refusal.WRONG_STATE;
  }

  @Override
  public void close() {
    plane.close();
  }
}
