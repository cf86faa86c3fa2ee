package dev.plumbline.server.era;

import dev.plumbline.server.limit.MessageKind;
import dev.plumbline.server.session.Outlet;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A wire as a session sees it. */
record SinkOutlet(EventSink sink) implements Outlet {
  @Override
  public boolean write(@Nullable String id, @Nullable Duration retry, MessageKind kind, byte[] data)
      throws InterruptedException {
    return sink.event(new EventSink.Event(id, retry, data, kind));
  }

  @Override
  public boolean takes(MessageKind kind) {
    return sink.takes(kind);
  }

  @Override
  public boolean open() {
    return sink.open();
  }

  @Override
  public void end() {
    sink.end();
  }
}
