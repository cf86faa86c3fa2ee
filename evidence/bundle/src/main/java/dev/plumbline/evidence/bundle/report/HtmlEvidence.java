package dev.plumbline.evidence.bundle.report;

/** The section on files, digests and signature, and the command that checks them. */
final class HtmlEvidence {
  private HtmlEvidence() {}

  /** The command that verifies the bundle, as typed beside its folder. */
  static String command(Reported bundle) {
    String folder = "plumbline-out/" + bundle.run().runId();
    String key =
        bundle.selfSigned() ? folder + "/attestations/self-signed.pub.pem" : "PUBLIC-KEY.pem";
    return "./plumbline evidence verify " + folder + " --key " + key;
  }
}
