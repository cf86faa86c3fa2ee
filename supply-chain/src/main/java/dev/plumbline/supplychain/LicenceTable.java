package dev.plumbline.supplychain;

import dev.plumbline.evidence.model.Json;
import dev.plumbline.supplychain.Licence.Standing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which licences may ship in a product under Apache-2.0: {@code licences.json}. SPDX ids are
 * compared without regard to case, as SPDX asks (specification 3.0, annex B).
 *
 * @param allowed SPDX ids that may
 * @param refused how SPDX ids begin that may not, unless an exception allows linking
 * @param exceptions SPDX ids of exceptions that allow linking
 * @param names what names without an SPDX id mean, as SPDX expressions
 */
record LicenceTable(
    List<String> allowed,
    List<String> refused,
    List<String> exceptions,
    Map<String, String> names) {
  private static final String RESOURCE = "licences.json";

  LicenceTable {
    allowed = lower(allowed);
    refused = lower(refused);
    exceptions = lower(exceptions);
    names =
        names.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    name -> name.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
  }

  /** The table of this version of Plumbline. */
  static LicenceTable standard() {
    try (InputStream in = LicenceTable.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is not on the class path");
      }
      return Json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8), LicenceTable.class);
    } catch (IOException e) {
      throw new IllegalStateException(RESOURCE + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** The expression that a name stands for. */
  Optional<String> named(String name) {
    return Optional.ofNullable(names.get(name.strip().toLowerCase(Locale.ROOT)));
  }

  /** The standing of one SPDX id; a plus after it means “or later”. */
  Standing standing(String id) {
    String plain = id.toLowerCase(Locale.ROOT);
    plain = plain.endsWith("+") ? plain.substring(0, plain.length() - 1) : plain;
    if (allowed.contains(plain)) {
      return Standing.ALLOWED;
    }
    return refused.stream().anyMatch(plain::startsWith) ? Standing.REFUSED : Standing.UNKNOWN;
  }

  /** The standing of one SPDX id with an exception; an exception only ever allows more. */
  Standing standing(String id, String exception) {
    Standing alone = standing(id);
    return alone == Standing.REFUSED && exceptions.contains(exception.toLowerCase(Locale.ROOT))
        ? Standing.ALLOWED
        : alone;
  }

  private static List<String> lower(List<String> ids) {
    return ids.stream().map(id -> id.toLowerCase(Locale.ROOT)).toList();
  }
}
