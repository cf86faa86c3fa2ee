package dev.plumbline.server.client.auth.user;

import java.io.IOException;
import java.net.URI;

/** Takes a person to an authorization server and brings back where it sent them. */
public interface UserAgent {
  /** Prepares a visit; from now on its redirect URI is ours. */
  Visit begin() throws IOException;

  /** One authorization request and its answer. */
  interface Visit extends AutoCloseable {
    /** Where the authorization server is to send the person back to. */
    URI redirectUri();

    /**
     * Opens the authorization request.
     *
     * @return the URI the person was sent back to, with all its parameters
     * @throws IOException when nobody came back in time
     */
    URI open(URI authorizationRequest) throws IOException, InterruptedException;

    /** Gives the redirect URI up. */
    @Override
    void close();
  }
}
