package dev.plumbline.server.era;

import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the server declares, computed from the methods it has (2026-07-28 server pages,
 * capabilities). What is offered may be an empty list now and change later.
 */
final class StatelessCapabilities {
  private StatelessCapabilities() {}

  static ObjectNode of(MethodTable methods, List<Extension> extensions) {
    boolean listens = methods.find(Listen.METHOD).isPresent();
    ObjectNode capabilities = JsonNodeFactory.instance.objectNode();
    for (String list : new String[] {"tools", "resources", "prompts"}) {
      if (methods.find(list + "/list").isPresent()) {
        ObjectNode declared = capabilities.putObject(list);
        if (listens) {
          declared.put("listChanged", true);
        }
        if (listens && list.equals("resources")) {
          declared.put("subscribe", true);
        }
      }
    }
    if (methods.find("completion/complete").isPresent()) {
      capabilities.putObject("completions");
    }
    capabilities.putObject("logging");
    if (!extensions.isEmpty()) {
      ObjectNode declared = capabilities.putObject("extensions");
      extensions.forEach(
          extension -> declared.set(extension.id(), extension.settings().deepCopy()));
    }
    return capabilities;
  }
}
