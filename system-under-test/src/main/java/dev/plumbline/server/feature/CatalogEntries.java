package dev.plumbline.server.feature;

import dev.plumbline.server.registry.Entry;
import dev.plumbline.server.registry.EntryType;
import dev.plumbline.server.registry.Owner;
import dev.plumbline.server.registry.Reason;
import dev.plumbline.server.registry.Registry;
import dev.plumbline.server.registry.Shelf;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Keeps the registry in step with what is offered: an entry per tool, resource and so on. */
public final class CatalogEntries {
  private final Owner owner;
  private final Offerings offerings;
  private final Shelf<Tool> tools;
  private final Shelf<Resource> resources;
  private final Shelf<ResourceTemplate> templates;
  private final Shelf<Prompt> prompts;

  /** Registers what is offered now, and follows every change of it. */
  public CatalogEntries(Registry registry, Offerings offerings) {
    this.owner = registry.owner("catalogue", "");
    this.offerings = offerings;
    this.tools = registry.shelf(EntryType.of("tool", Tool.class), _ -> {});
    this.resources = registry.shelf(EntryType.of("resource", Resource.class), _ -> {});
    this.templates =
        registry.shelf(EntryType.of("resource_template", ResourceTemplate.class), _ -> {});
    this.prompts = registry.shelf(EntryType.of("prompt", Prompt.class), _ -> {});
    offerings.listen(_ -> follow());
    follow();
  }

  private synchronized void follow() {
    Catalog now = offerings.catalog();
    follow(tools, now.tools(), Tool::name);
    follow(resources, now.resources(), Resource::uri);
    follow(templates, now.templates(), template -> template.uris().text());
    follow(prompts, now.prompts(), Prompt::name);
  }

  private <T> void follow(Shelf<T> shelf, List<T> offered, Function<T, String> key) {
    Map<String, T> wanted = new HashMap<>();
    offered.forEach(item -> wanted.put(key.apply(item), item));
    String last = "";
    List<Entry<T>> page = shelf.page(last, Shelf.MAX_PAGE);
    while (!page.isEmpty()) {
      for (Entry<T> entry : page) {
        T next = wanted.get(entry.key());
        if (entry.value().equals(next)) {
          wanted.remove(entry.key());
        } else {
          shelf.unregister(
              entry.key(), entry.value(), next == null ? Reason.ASKED : Reason.REPLACED);
        }
      }
      page = shelf.page(page.getLast().key(), Shelf.MAX_PAGE);
    }
    wanted.forEach((name, item) -> shelf.register(name, item, owner));
  }
}
