package dev.plumbline.server.config;

/** The names of the roles every server has (C6). */
public final class Roles {
  /** Connections open, over all listeners but the control port. */
  public static final String CONNECTION = "connection";

  /** Sessions alive. */
  public static final String SESSION = "session";

  /** Event streams and subscriptions open. */
  public static final String SSE_STREAM = "sse_stream";

  /** Tasks that work. */
  public static final String TASK_WORKER = "task_worker";

  /** Tasks remembered: working, or kept for their results. */
  public static final String TASK_KEPT = "task_kept";

  /** Tool calls running. */
  public static final String TOOL_EXECUTOR = "tool_executor";

  /** Requests in flight over all connections. */
  public static final String TRANSPORT = "transport";

  /**
   * Handlers of resources, prompts and completions running; its cap is that of every role without
   * one of its own.
   */
  public static final String DEFAULT = "default";

  private Roles() {}
}
