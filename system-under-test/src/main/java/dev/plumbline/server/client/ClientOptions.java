package dev.plumbline.server.client;

import dev.plumbline.server.client.wire.Authorizer;
import dev.plumbline.server.client.wire.HttpSettings;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a client behaves.
 *
 * @param name what the client calls itself
 * @param version its version
 * @param era which era to speak
 * @param handlers what it can do for a server
 * @param extensions further members of its capabilities' {@code extensions}
 * @param tasks true to declare the tasks extension and to follow tasks to their end
 * @param timeouts how long to wait for what
 * @param headers header fields for every HTTP request
 * @param authorizer where credentials come from
 * @param http2 true to try HTTP/2 also where it needs an upgrade
 * @param childErrors where the standard error of a child process goes
 */
public record ClientOptions(
    String name,
    String version,
    EraPreference era,
    Handlers handlers,
    ObjectNode extensions,
    boolean tasks,
    Timeouts timeouts,
    Map<String, String> headers,
    Authorizer authorizer,
    boolean http2,
    ProcessBuilder.Redirect childErrors) {
  /** The extension that lets a server answer with a task. */
  public static final String TASKS = "io.modelcontextprotocol/tasks";

  /**
   * How long to wait.
   *
   * @param connect for a connection
   * @param probe for the answer to the first question, where silence may mean an older server
   * @param request for any sign of life of a request
   * @param longest for a request, however much progress it reports
   */
  public record Timeouts(Duration connect, Duration probe, Duration request, Duration longest) {
    /** 10 s, 10 s, 60 s, 10 min. */
    public static final Timeouts DEFAULT =
        new Timeouts(
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofMinutes(10));

    /** The same for everything that a person waits for. */
    public static Timeouts of(Duration limit) {
      return new Timeouts(limit, limit, limit, limit);
    }
  }

  /** Takes copies. */
  public ClientOptions {
    extensions = extensions.deepCopy();
    headers = Map.copyOf(headers);
  }

  /** A client of this name with everything else as usual. */
  public static ClientOptions named(String name, String version) {
    return new ClientOptions(
        name,
        version,
        EraPreference.AUTO,
        Handlers.NONE,
        JsonNodeFactory.instance.objectNode(),
        false,
        Timeouts.DEFAULT,
        Map.of(),
        Authorizer.NONE,
        false,
        ProcessBuilder.Redirect.DISCARD);
  }

  /** The same for another era. */
  public ClientOptions withEra(EraPreference other) {
    return new ClientOptions(
        name,
        version,
        other,
        handlers,
        extensions,
        tasks,
        timeouts,
        headers,
        authorizer,
        http2,
        childErrors);
  }

  /** The same with other handlers. */
  public ClientOptions withHandlers(Handlers other) {
    return new ClientOptions(
        name,
        version,
        era,
        other,
        extensions,
        tasks,
        timeouts,
        headers,
        authorizer,
        http2,
        childErrors);
  }

  /** The same with more extensions. */
  public ClientOptions withExtensions(ObjectNode other) {
    return new ClientOptions(
        name,
        version,
        era,
        handlers,
        other,
        tasks,
        timeouts,
        headers,
        authorizer,
        http2,
        childErrors);
  }

  /** The same, following tasks or not. */
  public ClientOptions withTasks(boolean follow) {
    return new ClientOptions(
        name,
        version,
        era,
        handlers,
        extensions,
        follow,
        timeouts,
        headers,
        authorizer,
        http2,
        childErrors);
  }

  /** The same with other limits. */
  public ClientOptions withTimeouts(Timeouts other) {
    return new ClientOptions(
        name,
        version,
        era,
        handlers,
        extensions,
        tasks,
        other,
        headers,
        authorizer,
        http2,
        childErrors);
  }

  /** The same with other header fields. */
  public ClientOptions withHeaders(Map<String, String> other) {
    return new ClientOptions(
        name,
        version,
        era,
        handlers,
        extensions,
        tasks,
        timeouts,
        other,
        authorizer,
        http2,
        childErrors);
  }

  /** The same with another source of credentials. */
  public ClientOptions withAuthorizer(Authorizer other) {
    return new ClientOptions(
        name,
        version,
        era,
        handlers,
        extensions,
        tasks,
        timeouts,
        headers,
        other,
        http2,
        childErrors);
  }

  /** The same with HTTP/2, also over plain http. */
  public ClientOptions withHttp2(boolean upgrade) {
    return new ClientOptions(
        name,
        version,
        era,
        handlers,
        extensions,
        tasks,
        timeouts,
        headers,
        authorizer,
        upgrade,
        childErrors);
  }

  /** The same with the child's standard error going elsewhere. */
  public ClientOptions withChildErrors(ProcessBuilder.Redirect other) {
    return new ClientOptions(
        name,
        version,
        era,
        handlers,
        extensions,
        tasks,
        timeouts,
        headers,
        authorizer,
        http2,
        other);
  }

  HttpSettings http(boolean encrypted) {
    HttpClient.Version first =
        http2 || encrypted ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1;
    return new HttpSettings(headers, authorizer, timeouts.connect(), first);
  }

  ObjectNode clientInfo() {
    return JsonNodeFactory.instance.objectNode().put("name", name).put("version", version);
  }

  ObjectNode capabilities() {
    ObjectNode declared = JsonNodeFactory.instance.objectNode();
    handlers.declare(declared);
    ObjectNode all = extensions.deepCopy();
    if (tasks) {
      all.putObject(TASKS);
    }
    if (!all.isEmpty()) {
      declared.set("extensions", all);
    }
    return declared;
  }
}
