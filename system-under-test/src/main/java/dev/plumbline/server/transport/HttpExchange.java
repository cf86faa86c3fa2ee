package dev.plumbline.server.transport;

import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.EventSink;
import dev.plumbline.server.limit.Flow;
import dev.plumbline.server.limit.MessageKind;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request being answered: with one response, or with an event stream that may be followed
 * by the answer as its last event. Its state belongs to the event loop.
 */
final class HttpExchange implements EventSink {
  /** Told once, on the event loop, when everything is written or lost. */
  @FunctionalInterface
  interface Completion {
    /** The response is out; the connection may go on. */
    void done(boolean reusable);
  }

  private enum Phase {
    WAITING,
    STREAMING,
    ENDING,
    DONE
  }

  /** A peer on this machine has answered a first probe by then; later ones come ever slower. */
  private static final long FIRST_PROBE_MILLIS = 10;

  private final ChannelHandlerContext ctx;
  private final RequestHead head;
  private final HttpSetup setup;
  private final Flow flow;
  private final BooleanSupplier reusable;
  private final Completion completion;
  private Phase phase = Phase.WAITING;
  private volatile boolean gone;
  private volatile boolean late;
  private boolean quiet;
  private boolean keepsPlace;
  private @Nullable ScheduledFuture<?> comments;

  HttpExchange(
      ChannelHandlerContext ctx,
      RequestHead head,
      HttpSetup setup,
      Flow flow,
      BooleanSupplier reusable,
      Completion completion) {
    this.ctx = ctx;
    this.head = head;
    this.setup = setup;
    this.flow = flow;
    this.reusable = reusable;
    this.completion = completion;
  }

  RequestHead head() {
    return head;
  }

  /** Keeps a place for the response among what may wait for the peer; false when there is none. */
  boolean keepPlace() {
    keepsPlace = flow.tryPlace();
    return keepsPlace;
  }

  private void over(boolean again) {
    phase = Phase.DONE;
    gone = true;
    if (keepsPlace) {
      flow.permits().giveBack();
    }
    completion.done(again);
  }

  @Override
  public boolean open() {
    return !gone;
  }

  @Override
  public boolean takes(MessageKind kind) {
    if (kind.givesWay() && late) {
      flow.dropped(kind);
      return false;
    }
    return true;
  }

  /**
   * Waits until the event is written. When that takes long the peer is late: what may give way is
   * not waited for, and nothing more of its kind is said until the peer has read.
   */
  @Override
  public boolean event(Event event) throws InterruptedException {
    if (!takes(event.kind())) {
      return open();
    }
    if (!flow.permits().tryTake()) {
      flow.dropped(event.kind());
      return event.kind().givesWay() && open();
    }
    int length = event.data().length;
    flow.added(length);
    CompletableFuture<Boolean> written =
        send(null, event)
            .whenComplete(
                (_, _) -> {
                  late = false;
                  flow.removed(length);
                  flow.permits().giveBack();
                });
    Duration stall = setup.patience().writeStall();
    Duration soon = flow.slowAfter().compareTo(stall) < 0 ? flow.slowAfter() : stall;
    try {
      return written.get(soon.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      late = true;
      if (written.isDone()) {
        late = false;
      }
      flow.look();
    } catch (ExecutionException e) {
      return cutOff();
    }
    if (event.kind().givesWay()) {
      return open();
    }
    try {
      return written.get(stall.minus(soon).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return cutOff();
    }
  }

  /** Closes the connection; false, because nothing more is said. */
  boolean cutOff() {
    gone = true;
    var _ = ctx.close();
    return false;
  }

  /** Writes one event without waiting; true once it is written, false when the peer is gone. */
  CompletableFuture<Boolean> send(@Nullable String name, Event event) {
    CompletableFuture<Boolean> written = new CompletableFuture<>();
    if (gone) {
      written.complete(false);
    } else {
      var _ = onLoop(() -> written.complete(false), () -> write(name, event, written));
    }
    return written;
  }

  @Override
  public void end() {
    var _ = onLoop(() -> {}, this::endStream);
  }

  /** Says the answer, whatever was said before. */
  void finish(Answer answer) {
    // A large answer takes its time to write: the event loop has others to serve.
    byte[] bytes = answer.bytes();
    var _ = onLoop(this::lost, () -> finishOnLoop(answer, bytes));
  }

  /** The connection is gone: nothing can be said any more. Event loop only. */
  void lost() {
    gone = true;
    stopComments();
    if (phase != Phase.DONE) {
      over(false);
    }
  }

  private boolean onLoop(Runnable otherwise, Runnable task) {
    try {
      ctx.executor().execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      otherwise.run();
      return false;
    }
  }

  private void write(@Nullable String name, Event event, CompletableFuture<Boolean> written) {
    if (phase == Phase.WAITING) {
      phase = Phase.STREAMING;
      var _ = ctx.write(HttpAnswers.streamHead(reusable.getAsBoolean()));
      long period = setup.keepAlive().toMillis();
      comments =
          ctx.executor()
              .scheduleAtFixedRate(this::commentIfQuiet, period, period, TimeUnit.MILLISECONDS);
    }
    if (phase != Phase.STREAMING) {
      written.complete(false);
      return;
    }
    quiet = false;
    ByteBuf bytes = ServerSentEvents.encode(ctx.alloc(), name, event);
    ChannelFuture sent = ctx.writeAndFlush(new DefaultHttpContent(bytes));
    cutOffWhenStalled(sent);
    var _ = sent.addListener(future -> written.complete(future.isSuccess()));
  }

  /** Says something on a stream on which nothing happened since the last time it was looked at. */
  private void commentIfQuiet() {
    // What the peer has not read yet is sign enough.
    if (quiet && phase == Phase.STREAMING && !late) {
      comment();
    }
    quiet = true;
  }

  private void comment() {
    cutOffWhenStalled(
        ctx.writeAndFlush(new DefaultHttpContent(ServerSentEvents.comment(ctx.alloc()))));
  }

  private void cutOffWhenStalled(ChannelFuture sent) {
    ChannelOutlet.cutOffWhenStalled(ctx, sent, setup.patience().writeStall());
  }

  /**
   * The peer says nothing more. Whether it still reads, or has closed, looks the same from here
   * until it is sent something: one that has closed answers with a reset, which the next write
   * finds. Event loop only.
   */
  void inputEnded() {
    probe(FIRST_PROBE_MILLIS);
  }

  private void probe(long pauseMillis) {
    switch (phase) {
      // RFC 9110 §15.2.1: a client that did not ask for it discards this interim response.
      case WAITING -> cutOffWhenStalled(ctx.writeAndFlush(HttpAnswers.goOn()));
      case STREAMING -> comment();
      case ENDING, DONE -> {
        return;
      }
    }
    long next = Math.min(2 * pauseMillis, setup.keepAlive().toMillis());
    var _ = ctx.executor().schedule(() -> probe(next), pauseMillis, TimeUnit.MILLISECONDS);
  }

  private void stopComments() {
    if (comments != null) {
      comments.cancel(false);
      comments = null;
    }
  }

  private void endStream() {
    if (phase == Phase.STREAMING) {
      phase = Phase.ENDING;
      stopComments();
      boolean again = reusable.getAsBoolean();
      complete(ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT), 0, again);
    }
  }

  private void finishOnLoop(Answer answer, byte[] bytes) {
    switch (phase) {
      case WAITING -> {
        phase = Phase.ENDING;
        boolean again = reusable.getAsBoolean();
        byte[] body = head.method().equals("HEAD") ? new byte[0] : bytes;
        complete(ctx.writeAndFlush(HttpAnswers.toHttp(answer, body, again)), body.length, again);
      }
      case STREAMING -> {
        if (bytes.length > 0) {
          ByteBuf last =
              ServerSentEvents.encode(ctx.alloc(), null, Event.of(MessageKind.RESPONSE, bytes));
          var _ = ctx.write(new DefaultHttpContent(last));
        }
        endStream();
      }
      case ENDING, DONE -> {}
    }
  }

  /** A peer that does not read its response is cut off. */
  private void complete(ChannelFuture written, int length, boolean again) {
    if (keepsPlace) {
      flow.added(length);
    }
    cutOffWhenStalled(written);
    var _ =
        written.addListener(
            future -> {
              if (keepsPlace) {
                flow.removed(length);
              }
              if (phase != Phase.DONE) {
                over(again && future.isSuccess());
              }
            });
  }
}
