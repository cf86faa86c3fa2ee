package dev.plumbline.server.mutant;

import dev.plumbline.server.ServerParts;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A server with exactly one planted defect.
 *
 * @param name what {@code --mutant} takes
 * @param change from the correct server to the defective one
 */
public record Mutant(String name, UnaryOperator<ServerParts> change) {
  /** Every mutant, handshake era first. */
  public static List<Mutant> all() {
    return Stream.of(
            HandshakeLifecycleMutants.all(),
            HandshakeTransportMutants.all(),
            HandshakeFeatureMutants.all(),
            HandshakeSaidMutants.all(),
            HandshakeContentMutants.all(),
            HandshakeTaskMutants.all(),
            HandshakeMistakeMutants.all(),
            HandshakeOpeningMutants.all(),
            HandshakeWireMutants.all(),
            StateMutants.all(),
            HandshakeStreamMutants.all(),
            HandshakeFlowMutants.all(),
            HandshakeTaskFlowMutants.all(),
            HandshakeTaskAskMutants.all(),
            HandshakeOlderMutants.all(),
            HandshakeUseMutants.all(),
            HandshakeAskMutants.all(),
            HandshakeNewsMutants.all(),
            StatelessProtocolMutants.all(),
            StatelessMessageMutants.all(),
            StatelessOfferingMutants.all(),
            StatelessTalkMutants.all(),
            StatelessQuestionMutants.all(),
            StatelessRoundMutants.all(),
            StatelessTaskMutants.all(),
            StatelessMutationMutants.all(),
            StatelessTransportMutants.all(),
            StatelessStreamMutants.all(),
            StatelessHeaderMutants.all(),
            StatelessOneEraMutants.all(),
            StatelessUseMutants.all(),
            StatelessStdioMutants.all(),
            StatelessEndingMutants.all(),
            StatelessStoppingMutants.all(),
            ReachMutants.all(),
            StatelessFeatureMutants.all(),
            AccessMutants.all(),
            AccessIssuerMutants.all())
        .flatMap(List::stream)
        .toList();
  }

  /** The names of all mutants. */
  public static List<String> names() {
    return all().stream().map(Mutant::name).toList();
  }

  /** The mutant with this name. */
  public static Optional<Mutant> named(String name) {
    return all().stream().filter(mutant -> mutant.name().equals(name)).findFirst();
  }
}
