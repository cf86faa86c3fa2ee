package dev.plumbline.evidence.bundle.release;

import java.util.List;

/**
 * The two overloads of the reliability suite, as their raw data lies in a bundle.
 *
 * @param folder below {@code raw/}
 * @param what the tool that is called
 * @param depth the check over the depth of queues
 * @param goodput the check over what is served
 * @param heap the check over what is left in the heap
 */
public record Overload(String folder, String what, String depth, String goodput, String heap) {
  /** Both, in order. */
  public static final List<Overload> ALL =
      List.of(
          new Overload("reliability/overload-cheap", "a cheap tool", "RC-708", "RC-712", "RC-713"),
          new Overload(
              "reliability/overload-work",
              "a tool with 20 ms of work",
              "RC-808",
              "RC-812",
              "RC-813"));
}
