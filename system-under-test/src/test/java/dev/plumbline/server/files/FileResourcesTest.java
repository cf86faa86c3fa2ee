package dev.plumbline.server.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.server.feature.Catalog;
import dev.plumbline.server.feature.Resource;
import dev.plumbline.server.protocol.RpcException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class FileResourcesTest {
  private static final String SECRET = "secret";

  @TempDir Path folder;
  private Path root;

  @BeforeEach
  void layOut() throws IOException {
    root = folder.toRealPath().resolve("root");
    Files.createDirectories(root.resolve("sub"));
    Files.writeString(root.resolveSibling("secret.txt"), SECRET);
    Path sibling = Files.createDirectories(root.resolveSibling("root-sibling"));
    Files.writeString(sibling.resolve("secret.txt"), SECRET);
    Files.writeString(root.resolve("a.txt"), "a");
    Files.writeString(root.resolve("sub/b.html"), "<p>b</p>");
  }

  private FileResources offered() throws IOException {
    return FileResources.below(root);
  }

  private Optional<ObjectNode> read(String name) throws IOException, RpcException {
    return offered().found("file://" + root + "/" + name);
  }

  private String text(String name) throws IOException, RpcException {
    return read(name).map(contents -> contents.path("text").asString("no text")).orElse("absent");
  }

  private List<String> listed() throws IOException {
    return offered().addedTo(Catalog.empty()).resources().stream()
        .map(resource -> resource.definition().path("name").asString())
        .toList();
  }

  private void link(String name, Path target) throws IOException {
    Files.createSymbolicLink(root.resolve(name), target);
  }

  @Test
  void listsWhatLiesBelowTheDirectory() throws IOException {
    Catalog catalog = offered().addedTo(Catalog.empty());
    assertThat(catalog.resources())
        .extracting(Resource::uri)
        .containsExactly("file://" + root + "/a.txt", "file://" + root + "/sub/b.html");
    assertThat(catalog.resources())
        .extracting(resource -> resource.definition().path("mimeType").asString())
        .containsExactly("text/plain", "text/html");
    assertThat(catalog.templates())
        .singleElement()
        .satisfies(t -> assertThat(t.uriTemplate()).isEqualTo("file://" + root + "/{+path}"));
  }

  @Test
  void listsAFileOnceWhenTwoDirectoriesHaveIt() throws IOException {
    Catalog both =
        FileResources.below(root.resolve("sub")).addedTo(offered().addedTo(Catalog.empty()));
    assertThat(both.resources()).hasSize(2);
    assertThat(both.templates()).hasSize(2);
  }

  @Test
  void listsNoMoreThanItLooksAt() throws IOException, RpcException {
    Path deep = root;
    for (int i = 0; i <= FileWalk.MAX_DEPTH; i++) {
      deep = deep.resolve("d");
    }
    Files.createDirectories(deep);
    Files.writeString(deep.resolve("deep.txt"), "deep");
    assertThat(listed()).containsExactly("a.txt", "sub/b.html");
    assertThat(text("d/".repeat(FileWalk.MAX_DEPTH + 1) + "deep.txt")).isEqualTo("deep");
  }

  @Test
  void listsNoNameThatCannotBeAskedFor() throws IOException {
    Files.writeString(root.resolve("line\nend.txt"), "x");
    Files.writeString(root.resolve("back\\slash.txt"), "x");
    Files.writeString(root.resolve("l\u0430tin.txt"), "x");
    assertThat(listed()).containsExactly("a.txt", "sub/b.html");
  }

  @Test
  void readsTextAsTextAndBytesAsBytes() throws IOException, RpcException {
    byte[] bytes = {(byte) 0xFF, 0, 1};
    Files.write(root.resolve("x.bin"), bytes);
    Files.writeString(root.resolve("x.png"), "ASCII by chance");
    Files.writeString(root.resolve("zero"), "a\0b");
    Files.writeString(root.resolve("empty"), "");
    assertThat(text("a.txt")).isEqualTo("a");
    assertThat(text("empty")).isEmpty();
    assertThat(text("zero")).isEqualTo("no text");
    assertThat(text("x.png")).isEqualTo("no text");
    ObjectNode blob = read("x.bin").orElseThrow();
    assertThat(Base64.getDecoder().decode(blob.path("blob").asString())).isEqualTo(bytes);
    assertThat(blob.path("uri").asString()).isEqualTo("file://" + root + "/x.bin");
    assertThat(read("empty").orElseThrow().path("mimeType").asString()).isEqualTo("text/plain");
    assertThat(read("zero").orElseThrow().path("mimeType").asString())
        .isEqualTo("application/octet-stream");
  }

  @Test
  void readsUpToTheSizeOfAMessage() throws IOException, RpcException {
    byte[] text = new byte[FileResources.MAX_BYTES + 1];
    Arrays.fill(text, (byte) 'a');
    for (int size : new int[] {text.length - 2, text.length - 1}) {
      Files.write(root.resolve("big.txt"), Arrays.copyOf(text, size));
      assertThat(text("big.txt")).hasSize(size);
    }
    Files.write(root.resolve("big.txt"), text);
    assertThatThrownBy(() -> read("big.txt"))
        .isInstanceOf(RpcException.class)
        .hasMessageContaining("larger than a message");
    Files.write(root.resolve("big.png"), Arrays.copyOf(text, text.length - 1));
    assertThatThrownBy(() -> read("big.png")).hasMessageContaining("larger than a message");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret.txt",
        "../root-sibling/secret.txt",
        "sub/../../secret.txt",
        "%2e%2e/secret.txt",
        "..%2fsecret.txt",
        "none.txt",
        "sub",
        "sub/",
        "a.txt/",
        "a.txt/x",
        "a.txt%00",
        "",
        "."
      })
  void whatIsNotBelowTheDirectoryIsAbsent(String name) throws IOException, RpcException {
    assertThat(text(name)).isEqualTo("absent");
  }

  @Test
  void aNameThatIsTooLongForTheFileSystemIsAbsent() throws IOException, RpcException {
    assertThat(text("n".repeat(300))).isEqualTo("absent");
  }

  @Test
  void linksThatStayInsideWork() throws IOException, RpcException {
    link("in", Path.of("a.txt"));
    link("sub/up", Path.of("../a.txt"));
    link("dir", Path.of("sub"));
    link("absolute", root.resolve("a.txt"));
    assertThat(text("in")).isEqualTo("a");
    assertThat(text("sub/up")).isEqualTo("a");
    assertThat(text("dir/b.html")).isEqualTo("<p>b</p>");
    assertThat(text("absolute")).isEqualTo("a");
    assertThat(listed()).contains("in", "sub/up", "absolute");
  }

  @Test
  void linksThatLeadOutDoNot() throws IOException, RpcException {
    link("out", Path.of("../secret.txt"));
    link("dir-out", Path.of(".."));
    link("chain", Path.of("out"));
    link("absolute", root.resolveSibling("secret.txt"));
    link("loop", Path.of("loop"));
    for (String name : List.of("out", "dir-out/secret.txt", "chain", "absolute", "loop")) {
      assertThat(text(name)).as(name).isEqualTo("absent");
    }
    assertThat(text("dir-out/root/a.txt")).isEqualTo("a");
    assertThat(listed()).containsExactly("a.txt", "sub/b.html");
  }

  @Test
  void aFileThatIsExchangedForALinkIsNotFollowed() throws Exception {
    FileResources offered = offered();
    Path name = root.resolve("sub/swapped.txt");
    Path directory = root.resolve("swapped");
    Path file = Files.writeString(folder.resolve("lawful"), "lawful");
    Thread swapping =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    while (!Thread.interrupted()) {
                      Files.deleteIfExists(name);
                      Files.copy(file, name);
                      Files.delete(name);
                      Files.createSymbolicLink(name, root.resolveSibling("secret.txt"));
                      Files.deleteIfExists(directory);
                      Files.createSymbolicLink(directory, root.resolve("sub"));
                      Files.delete(directory);
                      Files.createSymbolicLink(directory, Path.of(".."));
                    }
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                });
    try {
      String uri = "file://" + root;
      for (int i = 0; i < 3_000; i++) {
        for (String path : List.of("/sub/swapped.txt", "/swapped/secret.txt")) {
          assertThat(offered.found(uri + path).toString()).doesNotContain(SECRET + "\"");
        }
      }
      assertThat(swapping.isAlive()).isTrue();
    } finally {
      swapping.interrupt();
      swapping.join();
    }
  }

  @Test
  void aDirectoryThatIsALinkIsOfferedAsWhatItIs() throws IOException, RpcException {
    Path other = Files.createSymbolicLink(folder.resolve("other"), root);
    FileResources offered = FileResources.below(other);
    assertThat(offered.found("file://" + root + "/a.txt")).isPresent();
    assertThat(Files.exists(other, LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(offered.found("file://" + other + "/a.txt")).isEmpty();
  }

  @Test
  void aFileOfTodayIsReadWhenItIsNotListed() throws IOException, RpcException {
    FileResources offered = offered();
    Files.writeString(root.resolve("later.txt"), "later", StandardCharsets.UTF_8);
    assertThat(offered.found("file://" + root + "/later.txt")).isPresent();
    Files.delete(root.resolve("a.txt"));
    assertThat(offered.found("file://" + root + "/a.txt")).isEmpty();
    assertThat(offered.found("http://example.com/a.txt")).isEmpty();
  }

  @Test
  void whatIsNoDirectoryIsRefusedInOneLine() {
    for (Path wrong : List.of(root.resolve("none"), root.resolve("a.txt"))) {
      assertThatThrownBy(() -> FileResources.below(wrong))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(wrong + " cannot be offered")
          .hasMessageNotContaining("\n");
    }
  }
}
