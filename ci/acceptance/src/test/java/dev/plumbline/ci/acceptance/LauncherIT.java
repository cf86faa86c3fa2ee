package dev.plumbline.ci.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher, in a copy of the installation whose path has blanks and whose Maven is a script.
 */
final class LauncherIT {
  @TempDir Path folder;

  private Path home = Path.of("");
  private Path tools = Path.of("");

  @BeforeEach
  void installation() throws IOException {
    home = Files.createDirectories(folder.resolve("a path with blanks"));
    tools = Files.createDirectories(folder.resolve("bin"));
    Files.copy(Cli.HOME.resolve("plumbline"), home.resolve("plumbline"));
    assertThat(home.resolve("plumbline").toFile().setExecutable(true)).isTrue();
    Files.createDirectories(home.resolve("build"));
    Files.copy(Cli.HOME.resolve("build/find-jdk.sh"), home.resolve("build/find-jdk.sh"));
    assertThat(home.resolve("build/find-jdk.sh").toFile().setExecutable(true)).isTrue();
    for (String part : List.of("ci/cli", "system-under-test")) {
      Path target = Files.createDirectories(home.resolve(part).resolve("target"));
      Files.createSymbolicLink(
          target.resolve("dist"), Cli.HOME.resolve(part).resolve("target/dist"));
    }
    Files.createDirectories(home.resolve("target"));
  }

  private void built() throws IOException {
    Files.writeString(home.resolve("target/built"), "");
  }

  private void maven(String script) throws IOException {
    Path maven = tools.resolve("mvn");
    Files.writeString(maven, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Cli.Running launch(String... arguments) throws IOException {
    List<String> command = new java.util.ArrayList<>(List.of(home.resolve("plumbline").toString()));
    command.addAll(List.of(arguments));
    return Cli.start(
        folder,
        command,
        Map.of(
            "PATH",
            tools + ":" + System.getenv("PATH"),
            "JAVA_HOME",
            System.getProperty("java.home")));
  }

  @Test
  void runsFromAnyFolderWithoutBuildingAgain() throws IOException {
    built();
    maven("echo built again; exit 1");
    Cli.Ended ended = launch("keygen", "mine").end();

    assertThat(ended.err()).isEmpty();
    assertThat(ended.code()).isZero();
    assertThat(folder.resolve("mine.pub.pem")).exists();
  }

  @Test
  void passesExitCodesThrough() throws IOException {
    built();
    launch("verify", "--no-such-option").end().complains(2, "--no-such-option");
  }

  @Test
  void buildsOnceEvenWhenStartedTwice() throws IOException {
    maven(
        "echo x >> '"
            + folder
            + "/builds'; sleep 1; echo '[INFO] Building Plumbline :: X 1.0  [2/3]'");
    Cli.Running first = launch("--version");
    Cli.Running second = launch("--version");

    assertThat(first.end().code()).isZero();
    assertThat(second.end().code()).isZero();
    assertThat(Files.readAllLines(folder.resolve("builds"))).hasSize(1);
  }

  @Test
  void buildsAgainWhenASourceChanged() throws IOException {
    built();
    maven("echo x >> '" + folder + "/builds'");
    Path source = Files.createDirectories(home.resolve("ci/cli/src/main/java"));
    Files.writeString(source.resolve("New.java"), "class New {}");
    Files.setLastModifiedTime(
        source.resolve("New.java"),
        java.nio.file.attribute.FileTime.from(java.time.Instant.now().plusSeconds(60)));

    assertThat(launch("--version").end().code()).isZero();
    assertThat(folder.resolve("builds")).exists();
  }

  @Test
  void showsWhyABuildFailed() throws IOException {
    maven(
        "echo '[INFO] noise'; echo '[ERROR] Thing.java:[1,2] not Java'; echo '[ERROR] -> [Help 1]'; exit 1");
    Cli.Ended ended = launch("--version").end();

    assertThat(ended.code()).isEqualTo(4);
    assertThat(ended.err())
        .contains("the build failed", "build.log", "Thing.java:[1,2] not Java")
        .doesNotContain("noise", "Help 1");
  }

  @Test
  void saysWhatToInstallWithoutMaven() throws IOException {
    Path bare = Files.createDirectories(folder.resolve("bare"));
    for (String tool :
        List.of("sh", "sed", "dirname", "env", "readlink", "find", "head", "ln", "rm", "mkdir")) {
      Path found = Path.of("/usr/bin", tool);
      Files.createSymbolicLink(
          bare.resolve(tool), Files.exists(found) ? found : Path.of("/bin", tool));
    }
    Cli.start(
            folder,
            List.of(home.resolve("plumbline").toString(), "--version"),
            Map.of("PATH", bare.toString(), "JAVA_HOME", System.getProperty("java.home")))
        .end()
        .complains(2, "mvn", "install Apache Maven");
  }
}
