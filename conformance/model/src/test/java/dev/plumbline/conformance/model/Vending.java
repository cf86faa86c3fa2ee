package dev.plumbline.conformance.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A toy: a machine that takes coins, gives them back, and sells when three are in it. */
final class Vending implements Model<Integer, Vending.Act> {
  static final int PRICE = 3;

  /** What can be done with it. */
  enum Act implements Command {
    COIN,
    BACK,
    SELL,
    LOOK;

    @Override
    public String label() {
      return name();
    }

    @Override
    public Ask ask() {
      return Ask.request(name(), Ask.object());
    }
  }

  @Override
  public String name() {
    return "vending";
  }

  @Override
  public Optional<String> obstacle(Offer offer) {
    return Optional.empty();
  }

  @Override
  public Integer start(Offer offer) {
    return 0;
  }

  @Override
  public List<Act> commands(Integer coins) {
    return coins >= PRICE
        ? List.of(Act.COIN, Act.BACK, Act.SELL, Act.LOOK)
        : coins > 0 ? List.of(Act.COIN, Act.BACK, Act.LOOK) : List.of(Act.COIN, Act.LOOK);
  }

  @Override
  public List<Act> ending(Integer coins) {
    return coins > 0 ? List.of(Act.BACK) : List.of();
  }

  @Override
  public Step<Integer> step(Integer coins, Act act, Heard heard) {
    int next =
        switch (act) {
          case COIN -> coins + 1;
          case BACK -> 0;
          case SELL -> coins - PRICE;
          case LOOK -> coins;
        };
    return heard.status() == next
        ? Step.to(next)
        : Step.broken("TOY-001", "wrong", "" + next, "" + heard.status(), "count");
  }

  /** What the machine does; it may be broken. */
  interface Works {
    /** How many coins are in it afterwards. */
    int after(int coins, Act act);
  }

  /** The correct works. */
  static int right(int coins, Act act) {
    return switch (act) {
      case COIN -> coins + 1;
      case BACK -> 0;
      case SELL -> coins - PRICE;
      case LOOK -> coins;
    };
  }

  /** A port to a fresh machine with these works. */
  static Port<RuntimeException> port(Works works) {
    int[] coins = {0};
    return (ask, id, label) -> {
      Act act = Act.valueOf(((Ask.Message) ask).method());
      coins[0] = works.after(coins[0], act);
      return new Heard(id, coins[0], "", Optional.empty(), List.of());
    };
  }

  /** One walk of that length at most, with a fresh machine. */
  static Walk walk(Choices choices, Works works) {
    try {
      return new Walker<>(new Vending(), Offers.NOTHING).walk(choices, port(works));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Choices in which every step does what is asked for. */
  static Choices choosing(List<Act> acts) {
    int[] at = {0};
    int[] coins = {0};
    return bound -> {
      if (at[0] == acts.size()) {
        return OptionalInt.empty();
      }
      Act act = acts.get(at[0]++);
      int choice = new Vending().commands(coins[0]).indexOf(act);
      coins[0] = right(coins[0], act);
      return OptionalInt.of(choice);
    };
  }
}
