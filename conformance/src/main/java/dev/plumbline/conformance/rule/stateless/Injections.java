package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.rule.Content;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Script;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Text that does harm where it is evaluated or taken for a path, beside lawful requests. */
final class Injections {
  static final String GET = "get-lawful";
  static final String GET_INJECTED = "get-injected";
  static final String READ = "read-lawful";
  static final String READ_ESCAPED = "read-escaped";
  static final String READ_OPEN = "read-open";

  /** What the expressions below come to; it stands in none of them. */
  static final String PRODUCT = "4431353";

  private static final List<String> EVALUATED =
      List.of(
          "{{1789*2477}}", "${1789*2477}", "#{1789*2477}", "<%= 1789*2477 %>", "$((1789*2477))");

  private static final List<String> PATHS =
      List.of(
          "../../../../../../../../etc/passwd",
          "..%2f..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
          "%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
          "....//....//....//....//....//....//etc/passwd",
          "..;/..;/..;/..;/..;/..;/etc/passwd",
          "..%255c..%255c..%255c..%255cwindows%255cwin.ini",
          "..%5c..%5c..%5c..%5c..%5cwindows%5cwin.ini");

  /** How many prompts, resources and templates are tried. */
  private static final int MAX_THINGS = 3;

  private Injections() {}

  /** Sends all of them. */
  static final Script SCRIPT = Injections::run;

  private static void run(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    if (Probes.lawful(conversation).accepted()) {
      prompts(stage, conversation);
      resources(stage, conversation);
    }
  }

  private static void prompts(Stage stage, Conversation conversation)
      throws HarnessException, InterruptedException {
    int tried = 0;
    for (String prompt : stage.probe().prompts()) {
      List<String> needed = stage.probe().promptArguments().getOrDefault(prompt, List.of());
      if (needed.isEmpty() || tried++ >= MAX_THINGS) {
        continue;
      }
      get(conversation, GET, prompt, needed, "plumbline:bob");
      for (String text : EVALUATED) {
        get(conversation, GET_INJECTED, prompt, needed, text);
      }
      for (String path : PATHS) {
        get(conversation, GET_INJECTED, prompt, needed, path);
      }
    }
  }

  private static void get(
      Conversation conversation, String label, String prompt, List<String> needed, String text)
      throws HarnessException, InterruptedException {
    ObjectNode params = Probes.params("name", prompt);
    ObjectNode arguments = params.putObject("arguments");
    needed.forEach(name -> arguments.put(name, text));
    conversation.send(label, conversation.draft("prompts/get", params));
  }

  private static void resources(Stage stage, Conversation conversation)
      throws HarnessException, InterruptedException {
    List<String> listed = stage.probe().resources().stream().filter(Content::isUri).toList();
    if (listed.isEmpty()) {
      return;
    }
    read(conversation, READ, listed.getFirst());
    // Where this is open to everybody, nobody has escaped from anywhere.
    read(conversation, READ_OPEN, "file:///etc/passwd");
    for (String uri : listed.subList(0, Math.min(listed.size(), MAX_THINGS))) {
      Optional<String> folder = folder(uri);
      for (String path : folder.isPresent() ? PATHS : List.<String>of()) {
        read(conversation, READ_ESCAPED, folder.get() + path);
      }
    }
    List<String> templates = stage.probe().resourceTemplates();
    for (String template : templates.subList(0, Math.min(templates.size(), MAX_THINGS))) {
      for (String path : PATHS) {
        // In a variable of a template everything but letters and digits is escaped.
        String escaped = path.replace("/", "%2F");
        read(
            conversation,
            READ_ESCAPED,
            template.replaceAll("\\{[^}]*\\}", escaped.replace("$", "\\$")));
      }
    }
  }

  private static Optional<String> folder(String uri) {
    int slash = uri.lastIndexOf('/');
    return slash <= uri.indexOf("://") + 2
        ? Optional.empty()
        : Optional.of(uri.substring(0, slash + 1));
  }

  private static void read(Conversation conversation, String label, String uri)
      throws HarnessException, InterruptedException {
    conversation.send(label, conversation.draft("resources/read", Probes.params("uri", uri)));
  }
}
