package dev.plumbline.evidence.bundle.report;

import dev.plumbline.evidence.bundle.sign.Manifest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The evidence: files with their digests, the signature, and the command that checks them. */
final class HtmlEvidence {
  /** A page of more rows is slow to open; the manifest has them all. */
  private static final int MAX_FILES = 400;

  private static final String JOURNEY_REPORT = "raw/perf/gatling/";

  private HtmlEvidence() {}

  static Html render(Reported bundle) {
    List<Manifest.Entry> shown =
        bundle.files().subList(0, Math.min(MAX_FILES, bundle.files().size()));
    return Html.of(
        """
        <section id="evidence" aria-labelledby="evidence-h"><h2 id="evidence-h">The evidence</h2>
        <div class="sheet pad">
        <p>{} files with {} bytes stand behind this page. Their digests are in <code>manifest.json</code>, whose digest is signed in <code>attestations/verdict.dsse.json</code> (in-toto Statement v1 in a DSSE envelope, Ed25519).</p>
        <dl class="facts"><dt>key</dt><dd><code>{}</code>{}</dd><dt>policy</dt><dd>{}, floor of observed clauses {}</dd>{}</dl>
        {}
        <p class="lead">The command works offline. It recomputes every digest, every verdict from the raw data, and the decision, and names the first thing that does not hold.</p>
        {}
        </div>
        <details class="sheet group"><summary>Files <span>· {}</span></summary><div class="scroll"><table><thead><tr><th scope="col">file</th><th scope="col" class="num">bytes</th><th scope="col">SHA-256</th></tr></thead><tbody>{}</tbody></table></div>{}</details>
        <details class="sheet group"><summary>Environment <span>· where Plumbline ran</span></summary><div class="pad"><dl class="facts">{}</dl></div></details>
        </section>
        """,
        bundle.files().size(),
        Text.whole(bundle.files().stream().mapToLong(Manifest.Entry::size).sum()),
        bundle.keyId(),
        bundle.selfSigned() ? " self-signed: made for this run, proves no origin" : "",
        String.join(", ", bundle.decided().policy().gates()),
        bundle.decided().policy().observedFloor(),
        digests(bundle.run().target().digests()),
        HtmlFindings.copyable("to check this bundle", command(bundle)),
        journey(bundle),
        bundle.files().size(),
        Html.join(shown.stream().map(HtmlEvidence::row)),
        Html.of(
                "<p class=\"pad\">and {} more in manifest.json</p>",
                bundle.files().size() - shown.size())
            .when(bundle.files().size() > shown.size()),
        Html.join(
            new TreeMap<>(bundle.run().environment())
                .entrySet().stream()
                    .map(e -> Html.of("<dt>{}</dt><dd>{}</dd>", e.getKey(), e.getValue()))));
  }

  /** The command that verifies the bundle, as typed beside its folder. */
  static String command(Reported bundle) {
    String folder = "plumbline-out/" + bundle.run().runId();
    String key =
        bundle.selfSigned() ? folder + "/attestations/self-signed.pub.pem" : "PUBLIC-KEY.pem";
    return "./plumbline evidence verify " + folder + " --key " + key;
  }

  private static Html digests(Map<String, String> digests) {
    if (digests.isEmpty()) {
      return Html.of(
          "<dt>subject</dt><dd>the target's identity; nothing of it could be digested</dd>");
    }
    return Html.of(
        "<dt>subject</dt><dd>{}</dd>",
        Html.join(
            digests.entrySet().stream()
                .map(
                    d ->
                        Html.of(
                            "<div>{} <span class=\"hash mono\">{}</span></div>",
                            d.getKey(),
                            d.getValue()))));
  }

  private static Html row(Manifest.Entry file) {
    return Html.of(
        "<tr><td class=\"mono\">{}</td><td class=\"num\">{}</td><td class=\"hash mono\">{}</td></tr>\n",
        file.path(),
        Text.whole(file.size()),
        file.sha256());
  }

  private static Html journey(Reported bundle) {
    String reports =
        bundle.files().stream()
            .map(Manifest.Entry::path)
            .filter(path -> path.startsWith(JOURNEY_REPORT) && path.endsWith("/index.html"))
            .limit(1)
            .collect(Collectors.joining());
    return Html.of(
            "<p><a href=\"{}\">The load journey's own report (Gatling)</a></p>",
            Pages.path(reports))
        .when(!reports.isEmpty());
  }
}
