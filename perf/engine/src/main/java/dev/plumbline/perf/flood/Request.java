package dev.plumbline.perf.flood;

import java.net.InetSocketAddress;

/**
 * What a connection sends again and again.
 *
 * @param path the request target
 * @param headers further header lines, each ended by CR LF
 * @param body the body, which holds {@link #NUMBER} once; the answer must repeat what stands there
 */
public record Request(String path, String headers, String body) {
  /** Stands in a body for the number of the request. */
  public static final String NUMBER = Prepared.NUMBER;

  Prepared prepare(InetSocketAddress server) {
    String host = server.getHostString() + ":" + server.getPort();
    return Prepared.post(host, path, headers, body);
  }
}
