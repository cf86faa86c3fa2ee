package dev.plumbline.server.feature;

import dev.plumbline.server.domain.Unit;
import dev.plumbline.server.limit.CircuitBreaker;
import dev.plumbline.server.limit.Refusal;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.RpcException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A circuit breaker before every tool (FM-16, FM-38): one that throws or runs out of time again and
 * again is left alone for a while, and its callers hear so at once instead of holding a permit each
 * until their deadline. A tool that answers has not failed, whatever the answer says. Safe for any
 * number of threads.
 */
public final class ToolGuards {
  /** Tools that are guarded; a catalogue may be larger, and names may change for ever. */
  static final int MAX_GUARDED = 5_000;

  private static final String PREFIX = "tool:";

  private final Function<String, CircuitBreaker> breakers;
  private final Map<String, CircuitBreaker> byTool = new ConcurrentHashMap<>();

  /**
   * Guards for tools.
   *
   * @param breakers gives the breaker of a name, which is {@code tool:} and the tool
   */
  public ToolGuards(Function<String, CircuitBreaker> breakers) {
    this.breakers = breakers;
  }

  /** What a guard stands before. */
  @FunctionalInterface
  interface Work {
    /** Runs the body of the tool. */
    ToolResult run() throws RpcException, InterruptedException;
  }

  /**
   * Runs the work of a tool, unless the tool is left alone now.
   *
   * @throws RpcException the refusal, with reason {@code breaker}; or what the work answers
   */
  ToolResult run(Tool tool, Work work) throws RpcException, InterruptedException {
    Optional<CircuitBreaker> breaker = of(tool.name());
    return breaker.isEmpty() ? work.run() : run(breaker.get(), work);
  }

  private Optional<CircuitBreaker> of(String tool) {
    CircuitBreaker known = byTool.get(tool);
    if (known == null && byTool.size() < MAX_GUARDED) {
      known = byTool.computeIfAbsent(tool, name -> breakers.apply(PREFIX + name));
    }
    return Optional.ofNullable(known);
  }

  private static ToolResult run(CircuitBreaker breaker, Work work)
      throws RpcException, InterruptedException {
    CircuitBreaker.Call call = breaker.tryCall().orElseThrow(() -> refused(breaker));
    Optional<Unit> unit = Unit.current();
    // Said when its time is over, not when it comes back: it may never do.
    unit.ifPresent(inside -> inside.whenLate(call::failed));
    try (call) {
      return told(call, work);
    } finally {
      unit.ifPresent(inside -> inside.whenLate(() -> {}));
    }
  }

  private static ToolResult told(CircuitBreaker.Call call, Work work)
      throws RpcException, InterruptedException {
    try {
      ToolResult result = work.run();
      if (result.course() == ToolResult.Course.BROKEN) {
        call.failed();
      } else {
        call.succeeded();
      }
      return result;
    } catch (RpcException e) {
      if (e.error().code() != ErrorCode.OVERLOADED.code()) {
        call.succeeded();
      }
      throw e;
    } catch (Detour e) {
      throw e;
    } catch (RuntimeException | Error e) {
      call.failed();
      throw e;
    }
  }

  private static RpcException refused(CircuitBreaker breaker) {
    return new RpcException(
        new Refusal(
                Refusal.Reason.BREAKER,
                breaker.name(),
                breaker.limit(),
                breaker.stats().failures(),
                breaker.retryAfter(),
                "The tool keeps failing and is left alone for a while")
            .error());
  }
}
