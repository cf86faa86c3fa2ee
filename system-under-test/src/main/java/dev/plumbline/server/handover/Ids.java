package dev.plumbline.server.handover;

import dev.plumbline.server.protocol.RequestId;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Request ids between two processes. */
final class Ids {
  private Ids() {}

  static void write(DataOutputStream out, RequestId id) throws IOException {
    switch (id) {
      case RequestId.Text(var value) -> {
        out.writeBoolean(true);
        out.writeUTF(value);
      }
      case RequestId.Whole(var digits) -> {
        out.writeBoolean(false);
        out.writeUTF(digits);
      }
    }
  }

  static RequestId read(DataInputStream in) throws IOException {
    return in.readBoolean() ? new RequestId.Text(in.readUTF()) : new RequestId.Whole(in.readUTF());
  }
}
