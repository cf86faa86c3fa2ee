package dev.plumbline.server.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class IntrospectionTest {
  private final Introspection introspection = new Introspection();

  @Test
  void readsASectionAsItIsNow() {
    int[] reads = {0};
    introspection.section("status", () -> JsonNodeFactory.instance.numberNode(++reads[0]));

    assertThat(introspection.read("status").orElseThrow().intValue()).isEqualTo(1);
    assertThat(introspection.read("status").orElseThrow().intValue()).isEqualTo(2);
    assertThat(introspection.read("other")).isEmpty();
    assertThat(introspection.names()).containsExactly("status");
  }

  @Test
  void looksIntoASectionByKey() {
    introspection.item(
        "sessions",
        key ->
            key.equals("known")
                ? Optional.of(JsonNodeFactory.instance.stringNode("found"))
                : Optional.empty());

    assertThat(introspection.readItem("sessions", "known").orElseThrow().stringValue())
        .isEqualTo("found");
    assertThat(introspection.readItem("sessions", "unknown")).isEmpty();
    assertThat(introspection.readItem("tasks", "known")).isEmpty();
  }

  @Test
  void refusesTwoOfOneName() {
    introspection.section("status", JsonNodeFactory.instance::objectNode);
    introspection.item("sessions", _ -> Optional.empty());

    assertThatThrownBy(() -> introspection.section("status", JsonNodeFactory.instance::objectNode))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> introspection.item("sessions", _ -> Optional.empty()))
        .isInstanceOf(IllegalStateException.class);
  }
}
