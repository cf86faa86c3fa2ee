package dev.plumbline.ci.cli.command;

import dev.plumbline.evidence.bundle.sign.KeyFiles;
import dev.plumbline.evidence.model.ExitCode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code plumbline keygen}. */
@Command(
    name = "keygen",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Make an Ed25519 key pair that signs bundles.",
    footerHeading = "%n",
    footer = {
      "Keep NAME.pem secret and give it to --signing-key or PLUMBLINE_SIGNING_KEY;",
      "publish NAME.pub.pem and give it to plumbline evidence verify --key."
    })
final class KeygenCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "NAME",
      defaultValue = "plumbline",
      description = "The files are NAME.pem and NAME.pub.pem (default: plumbline).")
  private Path name = Path.of("plumbline");

  KeygenCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    Path secret = Path.of(name + ".pem");
    Path open = Path.of(name + ".pub.pem");
    String id = KeyFiles.generate(secret, open);
    console.out().println(" key      " + id);
    console.out().println(" secret   " + secret + "     for --signing-key, readable by you only");
    console.out().println(" public   " + open + "     for plumbline evidence verify --key");
    return ExitCode.GO.code();
  }
}
