package dev.plumbline.server.measure;

/** A call of a tool in the stateless era, as text. */
final class StatelessCall {
  private static final String META = "io.modelcontextprotocol/";
  private static final String REVISION = "2026-07-28";

  private StatelessCall() {}

  /** What the fields of its head say beside {@link HttpWire#JSON}. */
  static String fields(String tool) {
    return "MCP-Protocol-Version: "
        + REVISION
        + "\r\nMcp-Method: tools/call\r\nMcp-Name: "
        + tool
        + "\r\n";
  }

  /**
   * The request.
   *
   * @param arguments the tool's arguments, as JSON
   * @param ballast what it carries beside them for nothing, as JSON
   */
  static String message(int id, String tool, String arguments, String ballast) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + id
        + ",\"method\":\"tools/call\",\"params\":{\"name\":\""
        + tool
        + "\",\"arguments\":"
        + arguments
        + ",\"_meta\":{"
        + ("\"" + META + "protocolVersion\":\"" + REVISION + "\",")
        + ("\"" + META + "clientInfo\":{\"name\":\"measure\",\"version\":\"1\"},")
        + ("\"" + META + "clientCapabilities\":{},\"dev.plumbline/ballast\":")
        + ballast
        + "}}}";
  }
}
