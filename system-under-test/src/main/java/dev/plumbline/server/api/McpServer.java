package dev.plumbline.server.api;

import dev.plumbline.server.feature.Catalog;
import dev.plumbline.server.feature.Change;
import dev.plumbline.server.feature.Offerings;
import dev.plumbline.server.feature.Prompt;
import dev.plumbline.server.feature.Resource;
import dev.plumbline.server.feature.ResourceTemplate;
import dev.plumbline.server.feature.ServerCard;
import dev.plumbline.server.feature.Tool;
import dev.plumbline.server.files.FileResources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A server as its author sees it: what it offers, and handlers. Everything can be added and taken
 * away before the server runs and while it runs; clients are told. What is not lawful is refused
 * where it is declared, with one line that says why. Safe for any number of threads.
 */
public final class McpServer {
  /** Items per page of a list, unless told otherwise. */
  public static final int PAGE_SIZE = 100;

  private final Offerings offerings;
  private final ServerCard card;

  private McpServer(Offerings offerings, ServerCard card) {
    this.offerings = offerings;
    this.card = card;
  }

  /** A server that offers nothing yet. */
  public static McpServer named(String name, String version) {
    return of(new ServerCard(name, name, version, ""), PAGE_SIZE);
  }

  /** A server with a full card, and its own size of pages. */
  public static McpServer of(ServerCard card, int pageSize) {
    return new McpServer(new Offerings(Catalog.empty(), pageSize), card);
  }

  /** What it offers now, and its changes. */
  public Offerings offerings() {
    return offerings;
  }

  /** Who it says it is. */
  public ServerCard card() {
    return card;
  }

  /**
   * Adds a tool without arguments.
   *
   * @throws IllegalArgumentException in one line, when the declaration is not lawful
   */
  public McpServer tool(
      String name, String description, ToolHandler<? super NoArguments, ?> handler) {
    return tool(ToolSpec.named(name, description), handler);
  }

  /**
   * Adds a tool.
   *
   * @param arguments a record; the schema of the arguments is derived from it
   * @throws IllegalArgumentException in one line, when the declaration is not lawful
   */
  public <A extends Record> McpServer tool(
      String name, String description, Class<A> arguments, ToolHandler<? super A, ?> handler) {
    return tool(ToolSpec.named(name, description).arguments(arguments), handler);
  }

  /**
   * Adds a tool with a structured result.
   *
   * @param result a record; the schema of the result is derived from it
   * @throws IllegalArgumentException in one line, when the declaration is not lawful
   */
  public <A extends Record, R extends Record> McpServer tool(
      String name,
      String description,
      Class<A> arguments,
      Class<R> result,
      ToolHandler<? super A, ? extends R> handler) {
    return tool(ToolSpec.named(name, description).arguments(arguments).returns(result), handler);
  }

  /**
   * Adds a tool with everything that can be said about it.
   *
   * @throws IllegalArgumentException in one line, when the declaration is not lawful
   */
  public <A, R> McpServer tool(ToolSpec<A, R> spec, ToolHandler<? super A, ? extends R> handler) {
    return add(spec.with(handler));
  }

  /**
   * Adds a tool that asks first, and goes on as a task where the client takes one.
   *
   * @throws IllegalArgumentException in one line, when the declaration is not lawful
   */
  public <A, R> McpServer staged(ToolSpec<A, R> spec, StagedHandler<A> handler) {
    return add(spec.staged(handler));
  }

  /**
   * Adds a tool that was made by hand.
   *
   * @throws IllegalArgumentException in one line, when its name is taken
   */
  public McpServer add(Tool tool) {
    offerings.update(catalog -> catalog.withTools(plus(catalog.tools(), tool)));
    return this;
  }

  /** Takes a tool away; nothing happens when there is none. */
  public McpServer removeTool(String name) {
    offerings.update(
        catalog -> catalog.withTools(minus(catalog.tools(), tool -> tool.name().equals(name))));
    return this;
  }

  /** Adds a resource with a fixed text. */
  public McpServer resource(String uri, String name, String mimeType, String text) {
    return resource(ResourceSpec.at(uri, name, mimeType), _ -> text);
  }

  /** Adds a resource with fixed bytes. */
  public McpServer resource(String uri, String name, String mimeType, byte[] bytes) {
    byte[] copy = bytes.clone();
    return resource(ResourceSpec.at(uri, name, mimeType).size(copy.length), _ -> copy);
  }

  /**
   * Adds a resource that is read whenever it is asked for.
   *
   * @throws IllegalArgumentException in one line, when its URI is taken
   */
  public McpServer resource(ResourceSpec spec, ResourceHandler handler) {
    Resource resource = spec.with(handler);
    offerings.update(catalog -> catalog.withResources(plus(catalog.resources(), resource)));
    return this;
  }

  /** Takes a resource away; nothing happens when there is none. */
  public McpServer removeResource(String uri) {
    offerings.update(
        catalog ->
            catalog.withResources(
                minus(catalog.resources(), resource -> resource.uri().equals(uri))));
    return this;
  }

  /** Tells subscribers that the contents of a resource changed. */
  public void resourceUpdated(String uri) {
    announce(new Change.ResourceUpdated(uri));
  }

  /**
   * Adds a family of resources.
   *
   * @throws IllegalArgumentException in one line, when the template is there already
   */
  public McpServer template(TemplateSpec spec, TemplateHandler handler) {
    ResourceTemplate template = spec.with(handler);
    offerings.update(catalog -> catalog.withTemplates(plus(catalog.templates(), template)));
    return this;
  }

  /**
   * Offers the files below a directory as resources: listed as they are now, and found by a
   * template later. Only what really lies below it can be read, wherever a symbolic link leads.
   *
   * @throws IOException in one line, when it is no directory that can be offered
   */
  public McpServer files(Path directory) throws IOException {
    return files(FileResources.below(directory));
  }

  /** Offers files that were looked at already. */
  public McpServer files(FileResources files) {
    offerings.update(files::addedTo);
    return this;
  }

  /** Takes a family of resources away; nothing happens when there is none. */
  public McpServer removeTemplate(String uriTemplate) {
    offerings.update(
        catalog ->
            catalog.withTemplates(
                minus(
                    catalog.templates(), template -> template.uriTemplate().equals(uriTemplate))));
    return this;
  }

  /** Adds a prompt without arguments. */
  public McpServer prompt(
      String name, String description, PromptHandler<? super Map<String, String>> handler) {
    return prompt(PromptSpec.named(name, description), handler);
  }

  /** Adds a prompt whose arguments are a record of texts and enums. */
  public <A extends Record> McpServer prompt(
      String name, String description, Class<A> arguments, PromptHandler<? super A> handler) {
    return prompt(PromptSpec.named(name, description).arguments(arguments), handler);
  }

  /**
   * Adds a prompt with everything that can be said about it.
   *
   * @throws IllegalArgumentException in one line, when its name is taken
   */
  public <A> McpServer prompt(PromptSpec<A> spec, PromptHandler<? super A> handler) {
    Prompt prompt = spec.with(handler);
    offerings.update(catalog -> catalog.withPrompts(plus(catalog.prompts(), prompt)));
    return this;
  }

  /** Takes a prompt away; nothing happens when there is none. */
  public McpServer removePrompt(String name) {
    offerings.update(
        catalog ->
            catalog.withPrompts(minus(catalog.prompts(), prompt -> prompt.name().equals(name))));
    return this;
  }

  /** Tells clients of a change that is not one of the list itself. */
  public void announce(Change change) {
    offerings.announce(change);
  }

  private static <T> List<T> plus(List<T> items, T item) {
    List<T> more = new ArrayList<>(items);
    more.add(item);
    return more;
  }

  private static <T> List<T> minus(List<T> items, Predicate<T> unwanted) {
    List<T> fewer = new ArrayList<>(items);
    fewer.removeIf(unwanted);
    return fewer;
  }
}
