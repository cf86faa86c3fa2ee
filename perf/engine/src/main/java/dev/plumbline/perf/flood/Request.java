package dev.plumbline.perf.flood;

import java.net.InetSocketAddress;

/**
 * What a connection sends again and again.
 *
 * @param path the request target
 * @param headers further header lines, each ended by CR LF
 * @param body the body, which holds {@link #NUMBER} once; the answer must repeat what stands there
 * @param echo what a right answer holds besides, byte by byte; empty when nothing is asked of it
 */
public record Request(String path, String headers, String body, String echo) {
  /** Stands in a body for the number of the request. */
  public static final String NUMBER = Prepared.NUMBER;

  /** Only its number must be repeated. */
  public Request(String path, String headers, String body) {
    this(path, headers, body, "");
  }

  Prepared prepare(InetSocketAddress server) {
    String host = server.getHostString() + ":" + server.getPort();
    return Prepared.post(host, path, headers, body, echo);
  }
}
