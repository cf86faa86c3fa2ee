package dev.plumbline.server.config;

import java.util.List;

/**
 * What is asked of everything that other machines can reach; what listens on loopback addresses
 * alone only talks to processes of this machine and is not concerned. A requirement is switched off
 * by two settings, so that no single slip opens a server: its own, and the override.
 *
 * @param requireTls connections must be encrypted
 * @param requireAuthentication clients must prove who they are
 * @param override true to mean it when one of the others is false
 * @param names what clients of other machines may call this server besides its address, separated
 *     by spaces, or {@value #NONE}
 */
public record SecuritySettings(
    boolean requireTls, boolean requireAuthentication, boolean override, String names) {
  /** No name. */
  public static final String NONE = "none";

  /** What holds when nothing is set. */
  public static SecuritySettings standard() {
    return new SecuritySettings(true, true, false, NONE);
  }

  /** True when nothing was switched off. */
  boolean demandsAll() {
    return requireTls && requireAuthentication;
  }

  /** The names, one by one. */
  public List<String> allNames() {
    return names.equals(NONE) ? List.of() : List.of(names.split(" ", -1));
  }
}
