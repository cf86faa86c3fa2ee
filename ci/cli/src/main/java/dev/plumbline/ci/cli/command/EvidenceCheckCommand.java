package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.config.UsageException;
import dev.plumbline.ci.cli.terminal.SafeText;
import dev.plumbline.evidence.bundle.sign.PublicKeys;
import dev.plumbline.evidence.bundle.sign.SignedFile;
import dev.plumbline.evidence.model.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumbline evidence check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Check a file that was signed on its own.",
    description = {
      "",
      "Check FILE against FILE.dsse.json: the signature, and the SHA-256 that was signed."
    },
    footerHeading = "%n",
    footer = {
      "Use the signer's public key as you got it from the signer.",
      "Exit codes: 0 it holds, 1 it does not, 2 usage."
    })
final class EvidenceCheckCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "FILE", description = "The file that was signed.")
  private Path file = Path.of("");

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "The signer's public key (PEM).")
  private Path key = Path.of("");

  EvidenceCheckCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    PublicKey signer = PublicKeys.read(key);
    Path envelope = SignedFile.envelopeOf(file);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new UsageException(file + ": no such file to check");
    }
    if (!Files.isRegularFile(envelope, LinkOption.NOFOLLOW_LINKS)) {
      throw new UsageException(
          envelope + " is missing: it is written by 'plumbline evidence sign'");
    }
    try {
      SignedFile signed = SignedFile.check(file, envelope, signer);
      print("HOLDS   " + file + ", " + signed.size() + " bytes, SHA-256 " + signed.sha256());
      print("        signed as " + signed.name() + " at " + signed.time());
      print("        by " + PublicKeys.id(signer));
      return ExitCode.GO.code();
    } catch (IOException e) {
      print("REJECTED   " + file + ": " + e.getMessage());
      return ExitCode.NO_GO.code();
    }
  }

  private void print(String line) {
    console.out().println(" " + console.outDisplay().line(SafeText.of(line)));
  }
}
