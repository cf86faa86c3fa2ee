package dev.plumbline.server.session.store;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * From records to bytes and back: one byte with the version, four with a checksum (CRC-32C) of it
 * and of what follows, then JSON. The version comes first so that a record from the future is known
 * for what it is before anything else of it is read.
 */
public final class RecordCodec {
  /** The version that is written. */
  public static final int CURRENT = 2;

  /** The oldest version that is read and, on request, written. */
  public static final int OLDEST = 1;

  /** The first version that carries messages that wait for a client. */
  public static final int WITH_MAIL = 2;

  private static final int HEAD_BYTES = 5;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private RecordCodec() {}

  /** The record in the current version. */
  public static byte[] encode(SessionRecord session) {
    return encode(session, CURRENT);
  }

  /**
   * The record in the given version.
   *
   * @throws StoreException of kind FUTURE when this program does not know the version
   */
  public static byte[] encode(SessionRecord session, int version) {
    ObjectNode json =
        switch (version) {
          case 1 -> RecordJson.write(SessionRecordV1.down(session));
          case 2 -> RecordJson.write(session);
          default -> throw future(version);
        };
    byte[] body = JSON.writeValueAsBytes(json);
    return ByteBuffer.allocate(HEAD_BYTES + body.length)
        .put((byte) version)
        .putInt(checksum(version, body, 0))
        .put(body)
        .array();
  }

  /**
   * The record of these bytes, in whatever version it was written.
   *
   * @throws StoreException of kind FUTURE or CORRUPT
   */
  public static SessionRecord decode(byte[] bytes) {
    if (bytes.length < HEAD_BYTES) {
      throw corrupt("it is cut off", null);
    }
    int version = bytes[0] & 0xff;
    if (version > CURRENT) {
      throw future(version);
    }
    if (version < OLDEST
        || ByteBuffer.wrap(bytes).getInt(1) != checksum(version, bytes, HEAD_BYTES)) {
      throw corrupt("its checksum is wrong", null);
    }
    try {
      ObjectNode json = (ObjectNode) JSON.readTree(bytes, HEAD_BYTES, bytes.length - HEAD_BYTES);
      return version == 1 ? RecordJson.readV1(json).up() : RecordJson.read(json);
    } catch (JacksonException | ClassCastException | IllegalArgumentException e) {
      throw corrupt("it is not a session record", e);
    }
  }

  private static int checksum(int version, byte[] bytes, int from) {
    CRC32C crc = new CRC32C();
    crc.update(version);
    crc.update(bytes, from, bytes.length - from);
    return (int) crc.getValue();
  }

  private static StoreException future(int version) {
    return new StoreException(
        StoreException.Kind.FUTURE,
        "a session record has version "
            + version
            + ", this program knows "
            + OLDEST
            + " to "
            + CURRENT
            + ": run the newer program");
  }

  private static StoreException corrupt(String why, @Nullable Exception e) {
    String message = "a session record is damaged: " + why;
    return e == null
        ? new StoreException(StoreException.Kind.CORRUPT, message)
        : new StoreException(StoreException.Kind.CORRUPT, message, e);
  }
}
