package dev.plumbline.evidence.bundle.report;

import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.TargetIdentity;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The command that sends a recorded HTTP request again. Made from the recording a finding points
 * at; where there is none, or it cannot be expressed as a command, there is no command.
 */
final class Reproducers {
  private static final long MAX_RECORDING_BYTES = 32L * 1024 * 1024;
  private static final int MAX_COMMAND = 4000;

  /** What curl sets by itself, or what belongs to one connection. */
  private static final Set<String> OWN_HEADERS =
      Set.of("content-length", "connection", "transfer-encoding", "accept-encoding");

  private static final Pattern RECORDING = Pattern.compile("raw/[a-z-]+/[A-Za-z0-9._/-]+\\.json");

  private final Reported bundle;

  Reproducers(Reported bundle) {
    this.bundle = bundle;
  }

  Optional<String> command(Finding finding) {
    if (bundle.run().target().kind() == TargetIdentity.Kind.COMMAND) {
      return Optional.empty();
    }
    for (String place : finding.evidence()) {
      String[] parts = place.split("#", 2);
      if (parts.length == 2 && RECORDING.matcher(parts[0]).matches() && !parts[0].contains("..")) {
        Optional<String> command = exchange(parts[0], parts[1]).flatMap(this::curl);
        if (command.isPresent()) {
          return command;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<JsonNode> exchange(String file, String label) {
    Path path = bundle.folder().root().resolve(file);
    try {
      if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
          || Files.size(path) > MAX_RECORDING_BYTES) {
        return Optional.empty();
      }
      for (JsonNode exchange : Json.read(path, JsonNode.class).path("exchanges")) {
        if (exchange.path("label").asString("").equals(label)) {
          return Optional.of(exchange.path("sent"));
        }
      }
    } catch (IOException e) {
      return Optional
          .empty(); // a recording that cannot be read gives no command; judging it is not done here
    }
    return Optional.empty();
  }

  private Optional<String> curl(JsonNode sent) {
    boolean isHttp = sent.path("kind").asString("").equals("http-request");
    JsonNode body = sent.path("body");
    if (!isHttp || body.has("base64")) {
      return Optional.empty();
    }
    StringBuilder command = new StringBuilder("curl -sS -i --max-time 10 -X ");
    command.append(quote(sent.path("method").asString("POST")));
    command.append(" --path-as-is ").append(quote(url(sent.path("target").asString("/"))));
    for (JsonNode header : sent.path("headers")) {
      String name = header.path("name").asString("");
      if (!OWN_HEADERS.contains(name.toLowerCase(java.util.Locale.ROOT))) {
        String value = header.path("value").asString("");
        command
            .append(" \\\n  -H ")
            .append(quote(value.isEmpty() ? name + ";" : name + ": " + value));
      }
    }
    String text = body.path("text").asString("");
    if (!text.isEmpty()) {
      command.append(" \\\n  --data-raw ").append(quote(text));
    }
    return command.length() > MAX_COMMAND ? Optional.empty() : Optional.of(command.toString());
  }

  /** The bundled server picks a free port each time; its own address stands for it. */
  private String url(String target) {
    String address = bundle.run().target().address();
    try {
      URI base = URI.create(address);
      if (base.getScheme() != null && base.getRawAuthority() != null) {
        return base.getScheme() + "://" + base.getRawAuthority() + target;
      }
    } catch (IllegalArgumentException e) {
      return "http://127.0.0.1:8931" + target; // the address of a bundled server is no URL
    }
    return "http://127.0.0.1:8931" + target;
  }

  /** One word of a POSIX shell, whatever the text. */
  private static String quote(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
