package dev.plumbline.server.control;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How the server itself is: named checks for liveness and readiness, and facts about the whole. */
public final class ServerHealth implements ComponentHandler {
  /** The fact that holds the checks by name; {@code ok}, or what is wrong. */
  public static final String CHECKS = "checks";

  /** What a check says when nothing is wrong. */
  public static final String OK = "ok";

  private final Supplier<ObjectNode> facts;
  private final List<Check> checks = new CopyOnWriteArrayList<>();

  private record Check(String name, Set<HealthKind> kinds, Supplier<Optional<String>> complaint) {}

  /**
   * No checks yet.
   *
   * @param facts what a full report says besides; must not block
   */
  public ServerHealth(Supplier<ObjectNode> facts) {
    this.facts = facts;
  }

  /**
   * Adds a check.
   *
   * @param kind what it decides about; every check is part of a full report
   * @param complaint what is wrong, without secrets; empty when nothing is. Must not block
   */
  public ServerHealth check(String name, HealthKind kind, Supplier<Optional<String>> complaint) {
    checks.add(new Check(name, EnumSet.of(kind, HealthKind.FULL), complaint));
    return this;
  }

  @Override
  public ControlReply handle(ControlMessage message) {
    if (!(message instanceof ControlMessage.HealthCheck(_, var kind))) {
      return new ControlReply.Refused(Refusal.WRONG_STATE, "the server answers health checks only");
    }
    ObjectNode all = kind == HealthKind.FULL ? facts.get() : JsonNodeFactory.instance.objectNode();
    ObjectNode results = all.putObject(CHECKS);
    String wrong = "";
    for (Check check : checks) {
      if (check.kinds().contains(kind)) {
        Optional<String> complaint = check.complaint().get();
        results.put(check.name(), complaint.orElse(OK));
        wrong = wrong.isEmpty() ? complaint.orElse("") : wrong;
      }
    }
    return new ControlReply.HealthReport(wrong.isEmpty(), wrong, all);
  }
}
