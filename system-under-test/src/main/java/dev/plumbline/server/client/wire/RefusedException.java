package dev.plumbline.server.client.wire;

import dev.plumbline.server.protocol.RpcError;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An HTTP answer that is not a success. */
public final class RefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient @Nullable RpcError error;

  /** An answer with this status, and the JSON-RPC error its body held, or null. */
  public RefusedException(int status, @Nullable RpcError error) {
    super(
        "the server answered with status "
            + status
            + (error == null ? "" : ": " + error.message()));
    this.status = status;
    this.error = error;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The JSON-RPC error of the body, or null. */
  public @Nullable RpcError error() {
    return error;
  }
}
