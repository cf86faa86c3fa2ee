package dev.plumbline.server.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plumbline.server.session.store.StoreException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file goes through. */
class FileStoreTest {
  @TempDir Path folder;
  private Path path;
  private Path mark;

  @BeforeEach
  void name() {
    path = folder.resolve("sessions.db");
    mark = folder.resolve("sessions.db.mark");
  }

  private FileStore open() {
    return FileStore.open(path);
  }

  private void fill() {
    try (FileStore store = open()) {
      IntStream.range(0, 200).forEach(i -> store.create(Records.active("session-" + i)));
      IntStream.range(0, 20).forEach(i -> store.delete("session-" + i));
    }
  }

  private void assertRefused(Kind kind, String text) throws IOException {
    byte[] before = Files.exists(path) ? Files.readAllBytes(path) : new byte[0];
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(this::open)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(kind))
        .satisfies(e -> assertThat(e.getMessage()).contains(text).doesNotContain("\n"));
    byte[] after = Files.exists(path) ? Files.readAllBytes(path) : new byte[0];
    assertThat(after).as("the file is left as it was").isEqualTo(before);
  }

  @Test
  void holdsEverythingAfterAnOrderlyEnd() {
    fill();
    try (FileStore store = open()) {
      assertThat(store.count()).isEqualTo(180);
      assertThat(store.find("session-20")).contains(Records.active("session-20"));
      assertThat(store.find("session-19")).isEmpty();
    }
  }

  @Test
  void aFileInUseIsRefused() throws IOException {
    try (FileStore first = open()) {
      first.create(Records.active("a"));
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(this::open)
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.LOCKED))
          .withMessageContaining("used by another process");
    }
  }

  @Test
  void aFileThatIsCutOffIsRefusedOrHoldsEverything() throws IOException {
    fill();
    byte[] whole = Files.readAllBytes(path);
    int refused = 0;
    for (int percent = 95; percent > 0; percent -= 5) {
      Files.write(path, Arrays.copyOf(whole, whole.length * percent / 100));
      // Space at the end may have been free.
      try (FileStore store = open()) {
        assertThat(store.count()).as(percent + " percent").isEqualTo(180);
      } catch (StoreException e) {
        assertThat(e.kind()).isEqualTo(Kind.CORRUPT);
        assertThat(e).hasMessageContaining("restore it from a copy");
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void anOldCopyIsRefused() throws IOException {
    fill();
    Path copy = folder.resolve("copy");
    Files.copy(path, copy);
    try (FileStore store = open()) {
      store.create(Records.active("late"));
    }
    Files.copy(copy, path, StandardCopyOption.REPLACE_EXISTING);
    assertRefused(Kind.CORRUPT, "was acknowledged");
  }

  @Test
  void aCopyWithoutItsMarkIsTaken() throws IOException {
    fill();
    Files.delete(mark);
    try (FileStore store = open()) {
      assertThat(store.count()).isEqualTo(180);
      assertThat(store.warning()).hasValueSatisfying(text -> assertThat(text).contains("no mark"));
    }
    try (FileStore again = open()) {
      assertThat(again.warning()).as("said once: there is a mark now").isEmpty();
    }
  }

  /** What was deleted and is back is not back without a word. */
  @Test
  void aCutFileWithoutItsMarkIsNotTakenSilently() throws IOException {
    fill();
    byte[] whole = Files.readAllBytes(path);
    for (int percent = 95; percent > 0; percent -= 5) {
      Files.write(path, Arrays.copyOf(whole, whole.length * percent / 100));
      Files.deleteIfExists(mark);
      try (FileStore store = open()) {
        if (store.count() > 0) {
          assertThat(store.warning())
              .as(percent + " percent")
              .hasValueSatisfying(text -> assertThat(text).contains("live again"));
        }
      } catch (StoreException e) {
        assertThat(e.kind()).isEqualTo(Kind.CORRUPT);
      }
    }
  }

  @Test
  void aDamagedMarkIsRefused() throws IOException {
    fill();
    byte[] good = Files.readAllBytes(mark);
    byte[] changed = good.clone();
    changed[3] ^= 1;
    for (byte[] bad : List.of(new byte[0], new byte[20], Arrays.copyOf(good, 19), changed)) {
      Files.write(mark, bad);
      assertRefused(Kind.CORRUPT, "its mark sessions.db.mark cannot be read");
    }
    Files.write(mark, good);
    try (FileStore store = open()) {
      assertThat(store.count()).isEqualTo(180);
      assertThat(store.warning()).isEmpty();
    }
  }

  @Test
  void aNewFileHasItsMarkFromTheBeginning() {
    try (FileStore store = open()) {
      assertThat(mark).exists();
      assertThat(store.warning()).isEmpty();
    }
  }

  /** What is written does not grow with the square of what is kept, nor the file beyond reason. */
  @Test
  void largeRecordsDoNotMakeAHugeFile() throws IOException {
    long small = 1L << 20;
    long largest = 0;
    try (FileStore store = FileStore.open(path, small)) {
      SessionRecord session = Records.active("a");
      store.create(session);
      for (int i = 0; i < 100; i++) {
        session = Records.changed(session, "file:///" + "x".repeat(8_000) + i);
        store.update(session);
        largest = Math.max(largest, Files.size(path));
      }
    }
    // 800 KB in all, up to eight times of which may be waste, and one more change.
    assertThat(largest).isLessThan(10L << 20);
    try (FileStore store = FileStore.open(path, small)) {
      assertThat(store.changes("a")).hasValue(101);
    }
  }

  @Test
  void anEmptyAMissingAndAForeignFileAreRefused() throws IOException {
    fill();
    Files.delete(path);
    assertRefused(Kind.CORRUPT, "it is missing");
    Files.createFile(path);
    assertRefused(Kind.CORRUPT, "it is empty");
    Files.writeString(path, "nothing of ours ".repeat(1_000));
    assertRefused(Kind.CORRUPT, "cannot be read");
  }

  @Test
  void aFolderIsNoFile() throws IOException {
    Files.createDirectory(path);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(this::open)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.MISCONFIGURED))
        .withMessageContaining("is a folder: name a file in it");
  }

  @Test
  void itsFilesAreTheOwnersAlone() throws IOException {
    assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
    fill();
    assertThat(Files.getPosixFilePermissions(path))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    assertThat(Files.getPosixFilePermissions(mark)).isEqualTo(Files.getPosixFilePermissions(path));
  }

  @Test
  void aFolderThatTakesNoFilesIsNamedInOneLine() {
    Path nowhere = Path.of("/proc/sessions.db");
    assumeTrue(Files.isDirectory(Path.of("/proc")), "not run: no /proc");
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> FileStore.open(nowhere))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.MISCONFIGURED))
        .satisfies(
            e ->
                assertThat(e.getMessage())
                    .contains(nowhere.toString(), "choose another file")
                    .doesNotContain("\n"));
  }

  @Test
  void aFileOfSomebodyElseIsNotCalledDamaged() throws IOException {
    fill();
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r--------"));
    assumeTrue(!Files.isWritable(path), "not run: this user may write everything");
    assertRefused(Kind.MISCONFIGURED, "give it the rights");
  }

  @Test
  void damagedRecordsAreFound() throws IOException {
    fill();
    byte[] bytes = Files.readAllBytes(path);
    byte[] name = "session-150".getBytes(StandardCharsets.UTF_8);
    int damaged = 0;
    for (int at = 0; at + name.length < bytes.length; at++) {
      if (Arrays.equals(bytes, at, at + name.length, name, 0, name.length)) {
        bytes[at + 9] = 'x';
        damaged++;
      }
    }
    assertThat(damaged).isPositive();
    Files.write(path, bytes);
    assertRefused(Kind.CORRUPT, path + " is damaged");
  }

  @Test
  void aFileOfANewerProgramIsRefused() throws IOException {
    fill();
    change(Map.of("format", "2"));
    assertRefused(Kind.FUTURE, "run the newer program");
  }

  @Test
  void aRecordOfANewerProgramIsRefused() throws IOException {
    fill();
    try (MVStore raw = MVStore.open(path.toString())) {
      byte[] future = RecordCodec.encode(Records.active("session-50"));
      future[0] = 3;
      raw.openMap("sessions").put("session-50", future);
    }
    assertRefused(Kind.FUTURE, "version 3");
  }

  @Test
  void aRecordOfTheOlderVersionIsRead() {
    fill();
    SessionRecord session = Records.active("session-50");
    try (MVStore raw = MVStore.open(path.toString())) {
      raw.openMap("sessions").put("session-50", RecordCodec.encode(session, 1));
    }
    try (FileStore store = open()) {
      assertThat(store.find("session-50")).contains(SessionRecordV1.down(session).up());
    }
  }

  @Test
  void aStartThatWasCutOffLeavesNothingBehind() throws IOException {
    Files.writeString(folder.resolve("sessions.db.new"), "half a file");
    try (FileStore store = open()) {
      assertThat(store.count()).isZero();
    }
  }

  @Test
  void doesNotGrowWithoutEndAndHoldsEverything() throws IOException {
    try (FileStore store = open()) {
      SessionRecord session = Records.active("a");
      store.create(session);
      store.create(Records.active("b"));
      for (int i = 0; i < 4_000; i++) {
        session = Records.changed(session, "file:///" + i);
        store.update(session);
      }
    }
    assertThat(Files.size(path)).isLessThan(20L << 20);
    try (FileStore store = open()) {
      assertThat(store.changes("a")).hasValue(4_001);
      assertThat(store.find("b")).contains(Records.active("b"));
    }
  }

  private void change(Map<String, String> about) {
    try (MVStore raw = MVStore.open(path.toString())) {
      raw.<String, String>openMap("plumbline").putAll(about);
    }
  }
}
