package dev.plumbline.server.protocol;

import tools.jackson.databind.node.JsonNodeFactory;

/** Thrown by a method that must answer with a JSON-RPC error; cheap, without a stack trace. */
public final class RpcException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient RpcError error;

  /** Wraps the error to answer with. */
  public RpcException(RpcError error) {
    super(error.message(), null, false, false);
    this.error = error;
  }

  /** The usual case: the parameters do not fit. */
  public static RpcException invalidParams(String detail) {
    return new RpcException(RpcError.of(ErrorCode.INVALID_PARAMS, detail));
  }

  /** There is no such resource, or none that may be told of. */
  public static RpcException resourceNotFound(String uri) {
    return new RpcException(
        RpcError.of(ErrorCode.RESOURCE_NOT_FOUND)
            .with(JsonNodeFactory.instance.objectNode().put("uri", uri)));
  }

  /** The error to answer with. */
  public RpcError error() {
    return error;
  }
}
