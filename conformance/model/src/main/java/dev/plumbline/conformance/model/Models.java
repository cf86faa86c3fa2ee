package dev.plumbline.conformance.model;

import java.util.List;
import java.util.Optional;

/** Every model of a server. */
public final class Models {
  private static final List<Model<?, ?>> ALL =
      List.of(
          new LifecycleModel(),
          new SessionModel(),
          new StreamModel(),
          new TaskModel(),
          new SubscriptionModel(),
          new RoundTripModel());

  private Models() {}

  /** All of them, handshake era first. */
  public static List<Model<?, ?>> all() {
    return ALL;
  }

  /** The model of that name. */
  public static Optional<Model<?, ?>> named(String name) {
    return ALL.stream().filter(model -> model.name().equals(name)).findFirst();
  }
}
