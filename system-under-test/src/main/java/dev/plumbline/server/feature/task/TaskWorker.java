package dev.plumbline.server.feature.task;

import dev.plumbline.server.domain.FailureDomain;
import dev.plumbline.server.domain.Unit;
import dev.plumbline.server.machine.TaskEvent;
import dev.plumbline.server.observe.Log;
import dev.plumbline.server.observe.trace.Spans;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.Reply;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.protocol.RpcException;
import java.util.concurrent.ThreadFactory;

/** The thread of one task, in the failure domain of the request that began it. */
final class TaskWorker extends Unit implements Runnable {
  private static final ThreadFactory THREADS = Thread.ofVirtual().name("task").factory();

  private final Task task;
  private final TaskContext context;
  private final Order order;
  private final Runnable left;
  private final Thread thread;

  /**
   * A worker that has not begun.
   *
   * @param left run when its thread ends
   */
  TaskWorker(FailureDomain domain, Task task, Order order, Runnable left) {
    super(domain);
    this.task = task;
    this.context = new TaskContext(task, order);
    this.order = order;
    this.left = left;
    this.thread = THREADS.newThread(Spans.carried(this));
  }

  void start() {
    thread.start();
  }

  /** Tells it to end. */
  private void stop(boolean late) {
    // A client that gives it less time than usual says nothing about the tool.
    if (late && !order.hurried()) {
      late();
    } else {
      told();
    }
    thread.interrupt();
  }

  /** The tasks that work have a bound of their own. */
  @Override
  protected boolean takesRoom() {
    return false;
  }

  @Override
  protected void kill(RpcError why) {
    task.finish(TaskEvent.ERROR, new Reply.Failure(why));
    thread.interrupt();
  }

  @Override
  public void run() {
    try {
      if (task.begin(this::stop)) {
        Reply reply = scoped(this::reply);
        task.finish(order.verdict().apply(reply), reply);
      }
    } finally {
      task.leave();
      left.run();
      domain().leave(this);
    }
  }

  private Reply reply() {
    try {
      domain().handlerBegins(context.principal());
      return new Reply.Result(order.work().run(context));
    } catch (RpcException e) {
      return new Reply.Failure(e.error());
    } catch (InterruptedException e) {
      return new Reply.Failure(
          RpcError.of(wasTold() ? ErrorCode.CANCELLED : ErrorCode.INTERNAL_ERROR));
    } catch (RuntimeException e) {
      // FM-38: a handler's failure stays inside its task.
      Log.failure("task", e);
      return new Reply.Failure(RpcError.of(ErrorCode.INTERNAL_ERROR));
    } catch (Error e) {
      domain().crashed(e);
      return new Reply.Failure(RpcError.of(ErrorCode.INTERNAL_ERROR));
    }
  }
}
