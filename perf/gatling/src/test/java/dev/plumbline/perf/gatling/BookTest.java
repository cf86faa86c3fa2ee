package dev.plumbline.perf.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BookTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MILLI = 1_000_000L;

  @TempDir Path folder;

  @Test
  void countsBySecondFateAndMilliseconds() {
    Book book = new Book(folder, Duration.ZERO, 2);
    book.begins(5 * SECOND);
    book.ends(Fate.ANSWERED, 5 * SECOND + 1, 21);
    book.ends(Fate.ANSWERED, 5 * SECOND + 2, 21);
    book.ends(Fate.REFUSED, 6 * SECOND + 2, 1);
    book.ends(Fate.LOST, 9 * SECOND, 5_000);

    assertThat(book.json())
        .isEqualTo(
            "{\"seconds\":[{\"ANSWERED\":{\"21\":2},\"REFUSED\":{},\"WRONG\":{},\"LOST\":{}},"
                + "{\"ANSWERED\":{},\"REFUSED\":{\"1\":1},\"WRONG\":{},\"LOST\":{\"5000\":1}}],"
                + "\"stalls\":[0,0],\"count\":2}");
  }

  @Test
  void keepsTheLongestStallOfEverySecondItCaughtCallsOf() {
    Book book = new Book(folder, Duration.ZERO, 4);
    book.stood(SECOND, 2 * SECOND);
    book.begins(5 * SECOND);
    book.stood(5 * SECOND + 500 * MILLI, 5 * SECOND + 507 * MILLI);
    book.stood(5 * SECOND + 600 * MILLI, 5 * SECOND + 604 * MILLI);
    book.stood(7 * SECOND + 10 * MILLI, 7 * SECOND + 80 * MILLI);
    book.stood(20 * SECOND, 21 * SECOND);

    assertThat(book.json()).contains("\"stalls\":[7,70,70,0]");
  }

  @Test
  void tellsByFilesWhenItBeginsAndEnds() throws IOException {
    Book book = new Book(folder, Duration.ZERO, 1);
    assertThat(folder.resolve(Book.BEGUN)).doesNotExist();
    book.begins(SECOND);
    book.begins(2 * SECOND);
    assertThat(folder.resolve(Book.BEGUN)).exists();
    book.close();

    assertThat(Files.readString(folder.resolve(Book.FILE))).endsWith("\"count\":1}");
  }

  @Test
  void countsNothingUntilItHasSettled() {
    Book book = new Book(folder, Duration.ofSeconds(2), 1);
    book.begins(5 * SECOND);
    book.ends(Fate.ANSWERED, 5 * SECOND, 21);
    book.ends(Fate.LOST, 7 * SECOND - 1, 22);
    book.ends(Fate.REFUSED, 7 * SECOND + 1, 1);

    assertThat(book.json())
        .startsWith(
            "{\"seconds\":[{\"ANSWERED\":{},\"REFUSED\":{\"1\":1},\"WRONG\":{},\"LOST\":{}}]");
  }
}
