package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.terminal.SafeText;
import dev.plumbline.evidence.bundle.Verification;
import dev.plumbline.evidence.bundle.sign.PublicKeys;
import dev.plumbline.evidence.model.ExitCode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumbline evidence verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Check a bundle offline.",
    description = {
      "",
      "Check a bundle: the signature, every digest, and every verdict and the decision again from",
      "the raw data. Names the first thing that does not hold."
    },
    footerHeading = "%n",
    footer = {
      "Use the signer's public key as you got it from the signer, not one that lies in the bundle.",
      "Exit codes: 0 everything holds (GO or not), 1 something does not, 2 usage."
    })
final class EvidenceVerifyCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "DIR", description = "The run's folder.")
  private Path folder = Path.of("");

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "The signer's public key (PEM).")
  private Path key = Path.of("");

  EvidenceVerifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    return switch (Judges.verifier().verify(folder, PublicKeys.read(key))) {
      case Verification.Accepted accepted -> accept(accepted);
      case Verification.Rejected(String reason) -> {
        print("REJECTED   " + reason);
        yield ExitCode.NO_GO.code();
      }
    };
  }

  private int accept(Verification.Accepted accepted) {
    print(
        "HOLDS   run "
            + accepted.runId()
            + ", "
            + accepted.files()
            + " files unchanged, every verdict follows from the raw data");
    print(
        "        decision "
            + accepted.decision().word()
            + (accepted.complete() ? "" : ", of a run that was cut short"));
    print(
        "        signed by "
            + accepted.keyId()
            + (accepted.selfSigned()
                ? ", made for this run: nothing is known about who signed"
                : ""));
    return ExitCode.GO.code();
  }

  private void print(String line) {
    console.out().println(" " + console.outDisplay().line(SafeText.of(line)));
  }
}
