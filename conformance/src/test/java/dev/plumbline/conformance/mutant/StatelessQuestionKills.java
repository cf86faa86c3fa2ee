package dev.plumbline.conformance.mutant;

import static dev.plumbline.conformance.mutant.Mutants.http;

import dev.plumbline.conformance.mutant.Mutants.Mutant;
import java.util.List;

/** Defects in questions and in what becomes of their answers, stateless era. */
final class StatelessQuestionKills {
  private StatelessQuestionKills() {}

  static List<Mutant> all() {
    return List.of(
        http("question-key-twice", "MRTR-505", "asks two things under the key"),
        http("form-without-message", "ELIC-507", "of consult has no message").misshapen(),
        http("form-nested", "ELIC-509", "has the property nested, which is not flat").misshapen(),
        http("page-without-url", "ELIC-511", "has the mode url without a url").misshapen(),
        http("page-url-relative", "ELIC-512", "which is no absolute URL").misshapen(),
        http("page-url-with-mail-address", "ELIC-529", "tells who the user is, in email"),
        http("page-url-with-access-token", "ELIC-530", "a credential, access_token"),
        http("form-with-address-stateless", "ELIC-531", "a form with an address to click on"),
        http("page-url-plain-http", "ELIC-532", "which is not https"));
  }
}
