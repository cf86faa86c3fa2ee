package dev.plumbline.server.registry;

import java.util.Map;

/** Something that has ended and must therefore have nothing left. */
public interface Residue {
  /** Who it was; its name is shown. */
  Owner owner();

  /** How many are left, by kind; kinds of which nothing is left may be missing. */
  Map<String, Integer> left();

  /** Lets go of what is left. */
  void clean();
}
