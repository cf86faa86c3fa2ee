package dev.plumbline.supplychain;

import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Verdict;
import dev.plumbline.supplychain.BillOfMaterials.Component;
import dev.plumbline.supplychain.Licence.Standing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether what ships may ship. What no table knows is left to a person, and named. */
final class LicenceCheck {
  private LicenceCheck() {}

  static Verdict compatible(@Nullable BillOfMaterials bom, LicenceTable table) {
    if (bom == null || bom.components().isEmpty()) {
      return new Verdict.NotObserved("there is no bill of materials");
    }
    List<Finding> refused = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (Component component :
        bom.components().values().stream().sorted(Comparator.comparing(Component::name)).toList()) {
      switch (Licence.ofChoice(component.licences(), table)) {
        case ALLOWED -> {}
        case UNKNOWN -> unknown.add(component.name() + " (" + stated(component) + ")");
        case REFUSED -> refused.add(refused(component));
      }
    }
    if (refused.isEmpty() && !unknown.isEmpty()) {
      return new Verdict.NotObserved(
          "a person has to read the licence of " + Conclusions.named(unknown));
    }
    return Conclusions.verdict(refused, bom.components().size());
  }

  private static Finding refused(Component component) {
    return Conclusions.finding(
        Subjects.BOM,
        component.name()
            + " is under "
            + stated(component)
            + ", which asks the same of what ships it",
        component.name(),
        stated(component),
        "a licence that a product under Apache-2.0 may ship",
        "GPL or AGPL without an exception that allows linking",
        "replace the component, or ship under another of its licences and record that one");
  }

  private static String stated(Component component) {
    return component.licences().isEmpty()
        ? "none stated"
        : component.licences().stream().map(Licence::text).collect(Collectors.joining(" or "));
  }

  /** How many components have each standing, for the facts. */
  static String counted(BillOfMaterials bom, LicenceTable table) {
    return Arrays.stream(Standing.values())
        .map(
            standing ->
                bom.components().values().stream()
                        .filter(c -> Licence.ofChoice(c.licences(), table) == standing)
                        .count()
                    + " "
                    + standing.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
