package dev.plumbline.server;

import dev.plumbline.server.access.Protection;
import dev.plumbline.server.era.Admission;
import dev.plumbline.server.era.EraSelector;
import dev.plumbline.server.era.HandshakeEra;
import dev.plumbline.server.era.HandshakeParts;
import dev.plumbline.server.era.MethodTable;
import dev.plumbline.server.era.StatelessEra;
import dev.plumbline.server.era.StatelessParts;
import dev.plumbline.server.era.TasksExtension;
import dev.plumbline.server.feature.Features;
import dev.plumbline.server.feature.Method;
import dev.plumbline.server.feature.ServerCard;
import dev.plumbline.server.feature.task.HandshakeTasks;
import dev.plumbline.server.feature.task.StatelessTasks;
import dev.plumbline.server.feature.task.Tasks;
import dev.plumbline.server.protocol.Decoder;
import dev.plumbline.server.protocol.StrictDecoder;
import dev.plumbline.server.round.StateSeal;
import dev.plumbline.server.session.Sessions;
import dev.plumbline.server.subscription.Subscriptions;
import dev.plumbline.server.transport.HeadRule;
import dev.plumbline.server.transport.HeadRules;
import dev.plumbline.server.transport.StdioLines;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The behaviour of a server as a value: replace one part and you have another server.
 *
 * @param headRules what the head of an HTTP request must satisfy, in order
 * @param decoder from bytes to a message
 * @param admission who may have a message worked on
 * @param selector from a message to its era
 * @param handshake the handshake era
 * @param stateless the stateless era
 * @param stdioLines from an answer to lines on stdio
 * @param features what both eras offer
 */
public record ServerParts(
    List<HeadRule> headRules,
    Decoder decoder,
    Admission admission,
    EraSelector selector,
    HandshakeParts handshake,
    StatelessParts stateless,
    StdioLines stdioLines,
    Features features) {
  /** Copies the list. */
  public ServerParts {
    headRules = List.copyOf(headRules);
  }

  /** The correct server. */
  public static ServerParts standard(
      Features features,
      Sessions sessions,
      Tasks tasks,
      ServerCard card,
      Subscriptions subscriptions,
      StateSeal seal,
      Optional<Protection> protection) {
    Map<String, Method> shared = features.methods();
    MethodTable session = new MethodTable(new HandshakeTasks(tasks, features).over(shared));
    StatelessTasks statelessTasks = new StatelessTasks(tasks, features);
    return new ServerParts(
        protection.map(p -> p.among(HeadRules.standard())).orElseGet(HeadRules::standard),
        new StrictDecoder(),
        protection.<Admission>map(p -> p).orElse(Admission.OPEN),
        EraSelector::standard,
        HandshakeEra.standard(session, sessions, features.offerings()),
        StatelessEra.standard(
            new MethodTable(shared),
            card,
            features.offerings(),
            subscriptions,
            List.of(TasksExtension.of(statelessTasks, subscriptions)),
            seal),
        StdioLines.PLAIN,
        features);
  }

  /** The names of every method of both eras. */
  public Set<String> methods() {
    Set<String> names = new HashSet<>(handshake.methods().methods().keySet());
    names.addAll(stateless.methods().methods().keySet());
    names.add("initialize");
    return names;
  }

  /** With one head rule's check replaced by a change of it. */
  public ServerParts withHeadRule(String name, UnaryOperator<HeadRule.Check> change) {
    List<HeadRule> changed =
        headRules.stream()
            .map(
                rule ->
                    rule.name().equals(name)
                        ? new HeadRule(name, change.apply(rule.check()))
                        : rule)
            .toList();
    return new ServerParts(
        changed, decoder, admission, selector, handshake, stateless, stdioLines, features);
  }

  /** With a changed handshake era. */
  public ServerParts withHandshake(UnaryOperator<HandshakeParts> change) {
    return new ServerParts(
        headRules,
        decoder,
        admission,
        selector,
        change.apply(handshake),
        stateless,
        stdioLines,
        features);
  }

  /** With a changed stateless era. */
  public ServerParts withStateless(UnaryOperator<StatelessParts> change) {
    return new ServerParts(
        headRules,
        decoder,
        admission,
        selector,
        handshake,
        change.apply(stateless),
        stdioLines,
        features);
  }

  /** With other lines on stdio. */
  public ServerParts withStdioLines(StdioLines other) {
    return new ServerParts(
        headRules, decoder, admission, selector, handshake, stateless, other, features);
  }

  /** With another admission. */
  public ServerParts withAdmission(UnaryOperator<Admission> change) {
    return new ServerParts(
        headRules,
        decoder,
        change.apply(admission),
        selector,
        handshake,
        stateless,
        stdioLines,
        features);
  }
}
