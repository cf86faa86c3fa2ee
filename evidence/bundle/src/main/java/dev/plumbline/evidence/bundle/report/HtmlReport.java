package dev.plumbline.evidence.bundle.report;

import dev.plumbline.evidence.bundle.release.Release;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * {@code report.html}: one file without any reference to the network. It reads without scripts; the
 * one script only copies and unfolds, and a policy in the page lets no other one run.
 */
final class HtmlReport {
  private static final String FOLDER = "/dev/plumbline/evidence/report/";

  private HtmlReport() {}

  static String render(Reported bundle, Release release) throws IOException {
    String script = resource("report.js");
    Html page =
        Html.of(
            """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'">
            <meta name="referrer" content="no-referrer">
            <title>{} · {} · Plumbline</title>
            <style>
            {}</style>
            </head>
            <body>
            <a class="skip" href="#why">Skip to the reasons</a>
            <div class="page">
            {}
            <main>
            {}{}{}{}{}{}{}
            </main>
            <footer>Made by Plumbline {} from the files of this bundle, and from nothing else.</footer>
            </div>
            <script>{}</script>
            </body>
            </html>
            """,
            Html.verbatim(digest(script)),
            bundle.decided().decision().word(),
            bundle.run().target().name(),
            Html.verbatim(resource("report.css")),
            HtmlDecision.render(bundle),
            HtmlGates.render(bundle),
            HtmlFindings.render(bundle),
            HtmlPictures.render(bundle),
            HtmlRelease.render(release),
            HtmlCoverage.render(bundle),
            HtmlChecks.render(bundle),
            HtmlEvidence.render(bundle),
            bundle.run().harness(),
            Html.verbatim(script));
    return page.toString();
  }

  private static String digest(String script) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(name + " cannot be read", e);
    }
  }
}
