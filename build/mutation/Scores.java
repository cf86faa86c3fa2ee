import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/**
 * The score of each group of mutants, from what PIT left: {@code Scores.java LIMIT OUT
 * NAME=XML[,XML]...}. Prints a table, writes it as JSON, and ends with 1 when a group is below the
 * limit.
 */
final class Scores {
  /**
   * What became of the mutants of one group.
   *
   * @param killed those that a test noticed, by failing or by running out of time
   * @param covered those that a test ran into
   */
  private record Score(String group, int mutants, int killed, int covered) {
    double score() {
      return percent(mutants);
    }

    double strength() {
      return percent(covered);
    }

    private double percent(int of) {
      return of == 0 ? 0 : 100.0 * killed / of;
    }

    String json() {
      return String.format(
          Locale.ROOT,
          "{\"group\":\"%s\",\"mutants\":%d,\"killed\":%d,\"score\":%.1f,\"covered\":%d,\"strength\":%.1f}",
          group,
          mutants,
          killed,
          score(),
          covered,
          strength());
    }
  }

  private Scores() {}

  public static void main(String[] args) throws Exception {
    double limit = Double.parseDouble(args[0]);
    List<Score> all = new ArrayList<>();
    System.out.printf(
        "%-10s %8s %8s %8s %14s%n", "group", "mutants", "killed", "score", "strength");
    for (String group : List.of(args).subList(2, args.length)) {
      String[] parts = group.split("=", 2);
      Score score = score(parts[0], List.of(parts[1].split(",", -1)));
      System.out.printf(
          Locale.ROOT,
          "%-10s %8d %8d %6.1f %% %12.1f %%%n",
          score.group(),
          score.mutants(),
          score.killed(),
          score.score(),
          score.strength());
      all.add(score);
    }
    Files.writeString(
        Path.of(args[1]),
        all.stream().map(Score::json).collect(Collectors.joining(",\n  ", "[\n  ", "\n]\n")));
    List<String> low = all.stream().filter(s -> s.score() < limit).map(Score::group).toList();
    if (!low.isEmpty()) {
      System.out.println("below " + limit + " %: " + String.join(", ", low));
      System.exit(1);
    }
  }

  private static Score score(String group, List<String> reports) throws Exception {
    int mutants = 0;
    int killed = 0;
    int covered = 0;
    for (String report : reports) {
      var found =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(Path.of(report).toFile())
              .getElementsByTagName("mutation");
      mutants += found.getLength();
      for (int i = 0; i < found.getLength(); i++) {
        Element mutation = (Element) found.item(i);
        killed += mutation.getAttribute("detected").equals("true") ? 1 : 0;
        covered += mutation.getAttribute("status").equals("NO_COVERAGE") ? 0 : 1;
      }
    }
    return new Score(group, mutants, killed, covered);
  }
}
