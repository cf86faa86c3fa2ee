package dev.plumbline.server.transport;

import dev.plumbline.server.observe.Log;
import dev.plumbline.server.observe.Wires;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/**
 * Messages out through a byte stream, a line each, on a lane of their own: nobody who answers waits
 * for the peer. Whoever waits to be written holds a permit, which bounds the lane.
 */
final class StreamOutlet implements Outlet {
  private static final int BUFFER_BYTES = 65_536;

  private final OutputStream out;
  private final Lane lane = new Lane(_ -> {});
  private final Wires.Meter meter;
  private volatile boolean broken;

  StreamOutlet(OutputStream out, Wires.Meter meter) {
    this.meter = meter;
    this.out = new BufferedOutputStream(out, BUFFER_BYTES);
  }

  @Override
  public boolean open() {
    return !broken;
  }

  @Override
  public CompletableFuture<Boolean> write(byte[] message) {
    CompletableFuture<Boolean> written = new CompletableFuture<>();
    lane.add(() -> written.complete(writeLine(message)));
    return written;
  }

  private boolean writeLine(byte[] message) {
    if (broken) {
      return false;
    }
    try {
      out.write(message);
      out.write('\n');
      out.flush();
      meter.wrote(message.length + 1);
      return true;
    } catch (IOException e) {
      // The peer closed its end; its next act is to close the other, which ends the input.
      broken = true;
      Log.line("stdout is closed");
      return false;
    }
  }
}
