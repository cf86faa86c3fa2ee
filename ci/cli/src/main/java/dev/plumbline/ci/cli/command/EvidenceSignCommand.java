package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.config.UsageException;
import dev.plumbline.evidence.bundle.sign.SignedFile;
import dev.plumbline.evidence.bundle.sign.SigningKey;
import dev.plumbline.evidence.model.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumbline evidence sign}. */
@Command(
    name = "sign",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Sign a file that is not part of a bundle.",
    description = {
      "",
      "Write FILE.dsse.json: an in-toto statement about the SHA-256 of FILE in a DSSE envelope.",
      "Bundles are signed by the run that makes them."
    },
    footerHeading = "%n",
    footer = {"Exit codes: 0 signed, 2 usage."})
final class EvidenceSignCommand implements Callable<Integer> {
  private final Console console;
  private final InstantSource clock;

  @Parameters(paramLabel = "FILE", description = "The file, for example a printed paper.")
  private Path file = Path.of("");

  @Option(
      names = "--signing-key",
      paramLabel = "FILE",
      description = "Ed25519 key (PKCS#8 PEM; plumbline keygen), or PLUMBLINE_SIGNING_KEY.")
  private @Nullable Path key;

  EvidenceSignCommand(Console console, InstantSource clock) {
    this.console = console;
    this.clock = clock;
  }

  @Override
  public Integer call() throws Exception {
    SigningKey signer = SigningKey.choose(Optional.ofNullable(key), console.environment());
    if (signer.selfSigned()) {
      throw new UsageException(
          "nothing to sign with: give --signing-key FILE, made with 'plumbline keygen'");
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new UsageException(file + ": no such file to sign");
    }
    try {
      Path envelope = SignedFile.sign(file, signer, Version.text(), clock.instant());
      console.out().println(" signed   " + envelope);
      console.out().println(" key      " + signer.id());
      return ExitCode.GO.code();
    } catch (IOException e) {
      throw new UsageException(
          file + " cannot be signed: " + e.getMessage() + ": choose a folder you may write to");
    }
  }
}
