package dev.plumbline.conformance.target;

import dev.plumbline.conformance.wire.ChildProcess;
import dev.plumbline.evidence.model.HarnessException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The bundled server once more, with TLS and a certificate made for this process: HTTP/2 is agreed
 * on there.
 *
 * @param process the server
 * @param url its endpoint
 * @param trust trusts its certificate and no other
 */
record TlsServer(ChildProcess process, URI url, SSLContext trust) {

  /** A context that trusts the certificate in this PEM file and no other. */
  static SSLContext trusting(Path certificate) throws HarnessException {
    try (InputStream in = Files.newInputStream(certificate)) {
      KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
      anchors.load(null, null);
      anchors.setCertificateEntry(
          "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(anchors);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new HarnessException("cannot trust the server's certificate: " + e.getMessage(), e);
    }
  }
}
