import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/**
 * The score of each group of mutants, from what PIT left: {@code Scores.java LIMIT OUT
 * NAME=XML[,XML]=CLASSES...}. Prints a table, writes it as JSON, and ends with 1 below the limit.
 *
 * <p>The classes of rules hold scripts beside judges. A script drives a server, so that the
 * recordings of the tests never run it. A method is one when its signature names what only a script
 * has to do with (a stage, a conversation, a draft of a message), when it belongs to an object that
 * keeps such a thing, or when nothing calls it but scripts. That is read from the class files, not
 * from what the tests happen to cover; the mutants in scripts are counted apart.
 */
final class Scores {
  private static final String OURS = "dev/plumbline/";

  /** What only scripts have to do with. */
  private static final Set<String> DRIVING =
      Set.of(
          "dev/plumbline/conformance/rule/Stage",
          "dev/plumbline/conformance/rule/Script",
          "dev/plumbline/conformance/wire/Conversation",
          "dev/plumbline/conformance/wire/Draft");

  private record Method(String owner, String name, String descriptor) {}

  private record Score(String group, int mutants, int killed, int covered, int scripts) {
    double score() {
      return mutants == 0 ? 0 : 100.0 * killed / mutants;
    }

    double strength() {
      return covered == 0 ? 0 : 100.0 * killed / covered;
    }

    String json() {
      return String.format(
          Locale.ROOT,
          "  {\"group\":\"%s\",\"mutants\":%d,\"killed\":%d,\"score\":%.1f,\"covered\":%d,"
              + "\"strength\":%.1f,\"inScripts\":%d}",
          group,
          mutants,
          killed,
          score(),
          covered,
          strength(),
          scripts);
    }
  }

  private final Map<Method, Set<Method>> callers = new HashMap<>();
  private final Set<Method> scripts = new HashSet<>();
  private final Map<String, String> outer = new HashMap<>();

  private Scores() {}

  public static void main(String[] args) throws Exception {
    double limit = Double.parseDouble(args[0]);
    List<Score> all = new ArrayList<>();
    for (String group : List.of(args).subList(2, args.length)) {
      String[] parts = group.split("=", -1);
      Scores scores = new Scores();
      for (String classes : parts[2].split(",", -1)) {
        scores.read(Path.of(classes));
      }
      scores.spread();
      all.add(scores.score(parts[0], List.of(parts[1].split(",", -1))));
    }
    System.out.printf(
        Locale.ROOT,
        "%-12s %8s %8s %8s %14s %12s%n",
        "group",
        "mutants",
        "killed",
        "score",
        "test strength",
        "in scripts");
    for (Score s : all) {
      System.out.printf(
          Locale.ROOT,
          "%-12s %8d %8d %6.1f %% %12.1f %% %12d%n",
          s.group(),
          s.mutants(),
          s.killed(),
          s.score(),
          s.strength(),
          s.scripts());
    }
    Files.writeString(
        Path.of(args[1]),
        all.stream().map(Score::json).collect(Collectors.joining(",\n", "[\n", "\n]\n")));
    List<String> low = all.stream().filter(s -> s.score() < limit).map(Score::group).toList();
    if (!low.isEmpty()) {
      System.out.println("below " + limit + " %: " + String.join(", ", low));
      System.exit(1);
    }
  }

  private Score score(String group, List<String> reports) throws Exception {
    int mutants = 0;
    int killed = 0;
    int covered = 0;
    int inScripts = 0;
    Map<String, int[]> classes = new TreeMap<>();
    for (String report : reports) {
      var found =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(Path.of(report).toFile())
              .getElementsByTagName("mutation");
      for (int i = 0; i < found.getLength(); i++) {
        Element mutation = (Element) found.item(i);
        Method method =
            new Method(
                text(mutation, "mutatedClass").replace('.', '/'),
                text(mutation, "mutatedMethod"),
                text(mutation, "methodDescription"));
        if (scripts.contains(method)) {
          inScripts++;
          continue;
        }
        mutants++;
        boolean dead = mutation.getAttribute("detected").equals("true");
        killed += dead ? 1 : 0;
        covered += mutation.getAttribute("status").equals("NO_COVERAGE") ? 0 : 1;
      }
    }
    return new Score(group, mutants, killed, covered, inScripts);
  }

  private static String text(Element mutation, String name) {
    return mutation.getElementsByTagName(name).item(0).getTextContent();
  }

  private void read(Path classes) throws IOException {
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        read(ClassFile.of().parse(file));
      }
    }
  }

  private void read(ClassModel model) {
    String owner = model.thisClass().asInternalName();
    boolean keeps =
        model.fields().stream()
            .anyMatch(f -> !isStatic(f.flags().flagsMask()) && drives(f.fieldType().stringValue()));
    for (MethodModel found : model.methods()) {
      Method method =
          new Method(owner, found.methodName().stringValue(), found.methodType().stringValue());
      if (drives(method.descriptor()) || keeps && !isStatic(found.flags().flagsMask())) {
        scripts.add(method);
      }
      found.code().ifPresent(code -> code.forEach(element -> calls(method, element)));
    }
  }

  private void calls(Method caller, Object element) {
    switch (element) {
      case InvokeInstruction call ->
          called(
              caller,
              call.owner().asInternalName(),
              call.name().stringValue(),
              call.type().stringValue());
      case InvokeDynamicInstruction made ->
          made.invokedynamic().bootstrap().arguments().stream()
              .filter(MethodHandleEntry.class::isInstance)
              .map(argument -> ((MethodHandleEntry) argument).reference())
              .forEach(
                  target ->
                      called(
                          caller,
                          target.owner().asInternalName(),
                          target.name().stringValue(),
                          target.type().stringValue()));
      default -> {}
    }
  }

  private void called(Method caller, String owner, String name, String descriptor) {
    Method callee = new Method(owner, name, descriptor);
    if (owner.startsWith(OURS) && !callee.equals(caller)) {
      callers.computeIfAbsent(callee, c -> new HashSet<>()).add(caller);
    }
  }

  /** What is called by scripts only is part of a script. */
  private void spread() {
    boolean more = true;
    while (more) {
      more = false;
      for (var entry : callers.entrySet()) {
        if (!scripts.contains(entry.getKey()) && scripts.containsAll(entry.getValue())) {
          scripts.add(entry.getKey());
          more = true;
        }
      }
    }
  }

  private static boolean isStatic(int flags) {
    return (flags & ClassFile.ACC_STATIC) != 0;
  }

  private static boolean drives(String descriptor) {
    return DRIVING.stream().anyMatch(type -> descriptor.contains("L" + type + ";"));
  }
}
