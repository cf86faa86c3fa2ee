package dev.plumbline.server.client.wire;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** Obtains what an HTTP request needs to be authorized. */
public interface Authorizer {
  /** Sends nothing and takes no challenge: for servers that ask for no authorization. */
  Authorizer NONE =
      new Authorizer() {
        @Override
        public Map<String, String> credentials(String httpMethod, URI endpoint) {
          return Map.of();
        }

        @Override
        public boolean challenged(Challenge challenge) {
          return false;
        }
      };

  /**
   * The header fields to add to a request, such as {@code Authorization}; asked before every
   * request.
   */
  Map<String, String> credentials(String httpMethod, URI endpoint)
      throws IOException, InterruptedException;

  /**
   * Hears of an answer 401 or 403; true when sending the request again is worth it. A wire sends
   * one request again three times at most.
   */
  boolean challenged(Challenge challenge) throws IOException, InterruptedException;

  /** The answer that asked for authorization, or for more of it. */
  record Challenge(
      String httpMethod, URI endpoint, int status, Map<String, List<String>> headers, String body) {
    /** Takes copies of what it is given. */
    public Challenge {
      headers = Map.copyOf(headers);
    }
  }
}
