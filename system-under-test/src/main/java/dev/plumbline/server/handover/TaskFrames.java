package dev.plumbline.server.handover;

import dev.plumbline.server.feature.task.TaskRecord;
import dev.plumbline.server.machine.TaskState;
import dev.plumbline.server.protocol.Decoded;
import dev.plumbline.server.protocol.Encoder;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.Reply;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.protocol.StrictDecoder;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Tasks between two processes: what the one that works on them tells the one that has them. */
final class TaskFrames {
  private static final RequestId NO_REQUEST = new RequestId.Whole("0");

  private TaskFrames() {}

  static Frame of(TaskRecord task) {
    return Frame.of(
        Frame.Type.TASK,
        out -> {
          out.writeUTF(task.id());
          out.writeUTF(task.owner());
          out.writeUTF(task.state().name());
          instant(out, task.createdAt());
          instant(out, task.updatedAt());
          out.writeLong(task.ttl().toMillis());
          optional(out, text(task.message()));
          optional(out, task.reply() == null ? null : Encoder.encode(NO_REQUEST, task.reply()));
        });
  }

  static TaskRecord read(DataInputStream in) throws IOException {
    return new TaskRecord(
        in.readUTF(),
        in.readUTF(),
        state(in.readUTF()),
        instant(in),
        instant(in),
        Duration.ofMillis(in.readLong()),
        text(optional(in)),
        reply(optional(in)));
  }

  private static TaskState state(String name) throws IOException {
    try {
      return TaskState.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new IOException("not a state of a task", e);
    }
  }

  private static byte @Nullable [] text(@Nullable String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  private static @Nullable String text(byte @Nullable [] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  private static @Nullable Reply reply(byte @Nullable [] bytes) throws IOException {
    if (bytes == null) {
      return null;
    }
    if (new StrictDecoder().decode(bytes)
        instanceof Decoded.Valid(Message.Response(_, var reply))) {
      return reply;
    }
    throw new IOException("not what a task came to");
  }

  private static void instant(DataOutputStream out, Instant instant) throws IOException {
    out.writeLong(instant.getEpochSecond());
    out.writeInt(instant.getNano());
  }

  private static Instant instant(DataInputStream in) throws IOException {
    return Instant.ofEpochSecond(in.readLong(), in.readInt());
  }

  private static void optional(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
    out.writeBoolean(bytes != null);
    if (bytes != null) {
      Frame.bytes(out, bytes);
    }
  }

  private static byte @Nullable [] optional(DataInputStream in) throws IOException {
    return in.readBoolean() ? Frame.bytes(in) : null;
  }
}
