package dev.plumbline.perf.reliability.demand;

import dev.plumbline.evidence.model.Measurement.Relation;
import dev.plumbline.perf.reliability.demand.AttackFigures.Kind;
import dev.plumbline.perf.reliability.raw.Part;
import java.util.List;

/** What is demanded while the server is attacked with the corpora (C10, C13, C14). */
final class AttackDemands {
  private static final String C10 = "decisions.md#C10";
  private static final String C13 = "decisions.md#C13";
  private static final String C14 = "decisions.md#C14";

  private static final String CORPORA =
      "figures.jsonl says which id was answered how; the corpora say what each tries";

  private static final String FUZZ =
      "figures.jsonl has the first such input in Base64 of UTF-16, and the seed";

  private AttackDemands() {}

  static List<Demand> all() {
    return List.of(
        least(901, "A hundred traversal attacks are blocked", Kind.TRAVERSAL.blocked(), 100, C13),
        none(902, "No traversal attack gets through", Kind.TRAVERSAL.through(), C13),
        least(903, "Fifty header injections are blocked", Kind.HEADERS.blocked(), 50, C13),
        none(904, "No header injection gets through", Kind.HEADERS.through(), C13),
        least(905, "Forty look-alike attacks are blocked", Kind.LOOK_ALIKES.blocked(), 40, C13),
        none(906, "No look-alike attack gets through", Kind.LOOK_ALIKES.through(), C13),
        least(907, "Forty attacks on files elsewhere are blocked", Kind.FILES.blocked(), 40, C14),
        none(908, "No attack on a file elsewhere gets through", Kind.FILES.through(), C14),
        none(909, "No answer holds the secret beside the directory", AttackFigures.SECRETS, C14),
        none(910, "What only looks like an attack is served", AttackFigures.REFUSED, C14),
        least(911, "Twenty-five such requests are made", AttackFigures.LAWFUL, 25, C14),
        fuzz(912, "No random input crashes the parser of URIs", AttackFigures.CRASHES),
        fuzz(913, "The one form of a URI is its own form", AttackFigures.UNSTABLE),
        least(914, "Ten thousand random inputs are parsed", AttackFigures.INPUTS, 10_000, C13),
        new Demand(
            "RC-915",
            Part.ATTACKS,
            "A URI is parsed within 100 µs",
            AttackFigures.PARSE,
            Relation.AT_MOST,
            100,
            C10,
            List.of("parsing, median", "parsing of 8,192 bytes"),
            "profile it: every rule is one pass over at most 8,192 characters"));
  }

  private static Demand least(int number, String title, String figure, double limit, String why) {
    return demand(number, title, figure, Relation.AT_LEAST, limit, why, CORPORA);
  }

  private static Demand none(int number, String title, String figure, String why) {
    return demand(number, title, figure, Relation.AT_MOST, 0, why, CORPORA);
  }

  private static Demand fuzz(int number, String title, String figure) {
    return demand(number, title, figure, Relation.AT_MOST, 0, C13, FUZZ);
  }

  private static Demand demand(
      int number,
      String title,
      String figure,
      Relation relation,
      double limit,
      String why,
      String fix) {
    return new Demand(
        "RC-" + number, Part.ATTACKS, title, figure, relation, limit, why, List.of(), fix);
  }
}
