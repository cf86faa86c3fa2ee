package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.config.ConsentGrant;
import dev.plumbline.ci.cli.config.Nearest;
import dev.plumbline.ci.cli.config.Servers;
import dev.plumbline.ci.cli.config.Servers.Server;
import dev.plumbline.ci.cli.config.ServersFile;
import dev.plumbline.ci.cli.config.TargetChoice;
import dev.plumbline.ci.cli.config.UsageException;
import dev.plumbline.evidence.bundle.StoredRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Understands what stands for one side of a comparison. */
final class Sides {
  private final @Nullable Servers file;
  private final ConsentGrant consent;

  /**
   * @param file named servers, or null
   * @param consent what may be done to servers that no file names
   */
  Sides(@Nullable Servers file, ConsentGrant consent) {
    this.file = file;
    this.consent = consent;
  }

  /** One side: a run that ended, or a server that is to be judged. */
  sealed interface Side {
    /**
     * A run of earlier.
     *
     * @param text what the user wrote
     */
    record Ended(String text, StoredRun run) implements Side {}

    /** A server. */
    record Live(String text, Server server) implements Side {}
  }

  /**
   * Understands a word: a URL, a run's folder, {@code bundled}, {@code mutant:NAME}, or a name of
   * the servers file.
   *
   * @throws UsageException when it is none of them
   */
  Side word(String letter, String word) throws UsageException {
    if (word.contains("://")) {
      return live(letter, word, new TargetChoice.Url(TargetChoice.parseUrl(word), List.of()));
    }
    if (word.equals("bundled")) {
      return live(letter, word, new TargetChoice.Bundled(null));
    }
    if (word.startsWith("mutant:")) {
      return live(letter, word, new TargetChoice.Bundled(word.substring("mutant:".length())));
    }
    Optional<Server> named = file == null ? Optional.empty() : file.named(word);
    if (named.isPresent()) {
      return new Side.Live(word, named.get());
    }
    Path folder = Path.of(word);
    if (StoredRuns.isRun(folder)) {
      return new Side.Ended(word, StoredRuns.read(folder));
    }
    List<String> names =
        file == null ? List.of() : file.servers().stream().map(Server::name).toList();
    throw new UsageException(
        letter
            + ": '"
            + word
            + "' is no URL, no run's folder and no server of --servers"
            + Nearest.question(word, names)
            + "; a command goes to --"
            + letter.toLowerCase(java.util.Locale.ROOT)
            + "-command 'node server.js'");
  }

  /** A command line as one text; blanks divide, quotes keep together. */
  Side command(String letter, String text) throws UsageException {
    return live(letter, text, new TargetChoice.Command(words(text)));
  }

  private Side live(String letter, String text, TargetChoice target) {
    boolean ours = target instanceof TargetChoice.Bundled;
    return new Side.Live(
        text,
        new Server(
            letter,
            target,
            ours ? ConsentGrant.ALL : consent,
            null,
            ServersFile.TIMEOUT,
            List.of()));
  }

  static List<String> words(String text) throws UsageException {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean begun = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        begun = true;
      } else if (Character.isWhitespace(c)) {
        if (begun) {
          words.add(word.toString());
          word.setLength(0);
        }
        begun = false;
      } else {
        word.append(c);
        begun = true;
      }
    }
    if (quote != 0) {
      throw new UsageException("a quote in the command is not closed: " + text);
    }
    if (begun) {
      words.add(word.toString());
    }
    if (words.isEmpty()) {
      throw new UsageException("the command is empty; write it as in 'node server.js'");
    }
    return words;
  }
}
