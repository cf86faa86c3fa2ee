package dev.plumbline.conformance.rule.stateless;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a server asks its user, as a walk through everything sees it. */
class ElicitedRulesTest extends WalkCases {
  private static final String GOOD_FORM =
      asked(
          "\"message\":\"m\",\"requestedSchema\":{\"type\":\"object\",\"properties\":"
              + "{\"a\":{\"type\":\"string\"}}}");
  private static final String GOOD_PAGE = page("https://a.example/look?id=1&token=x");

  private static String asked(String params) {
    return "\"resultType\":\"input_required\",\"inputRequests\":{\"q\":{\"method\":"
        + "\"elicitation/create\",\"params\":{"
        + params
        + "}}}";
  }

  private static String page(String url) {
    return asked("\"mode\":\"url\",\"message\":\"m\",\"url\":\"" + url + "\"");
  }

  private static Case form(String clause, String bad, String told) {
    return result(
        clause, "tools/call", GOOD_FORM, asked(bad), "The input request q of tools/call " + told);
  }

  private static Case url(String clause, String bad, String told) {
    return result(
        clause, "tools/call", GOOD_PAGE, page(bad), "The input request q of tools/call " + told);
  }

  static Stream<Case> cases() {
    String twice =
        "\"inputRequests\":{\"q\":{\"method\":\"roots/list\"},\"q\":{\"method\":\"roots/list\"}}";
    return Stream.of(
        result(
            "MRTR-505",
            "tools/call",
            GOOD_FORM,
            twice,
            "The result of tools/call asks two things under the key q."),
        form("ELIC-507", "\"message\":\"\"", "has no message."),
        form("ELIC-507", "\"message\":\"m\",\"mode\":\"x\"", "has the mode \"x\"."),
        form("ELIC-509", "\"message\":\"m\"", "has no requestedSchema of type object."),
        form(
            "ELIC-509",
            "\"requestedSchema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"array\"}}}",
            "has the property a, which is not flat."),
        form(
            "ELIC-531",
            "\"message\":\"See http://a.example\"",
            "has a form with an address to click on."),
        result(
            "ELIC-511",
            "tools/call",
            GOOD_PAGE,
            asked("\"message\":\"m\",\"url\":\"https://a.example/\""),
            "The input request q of tools/call has a url without the mode url."),
        result(
            "ELIC-511",
            "tools/call",
            GOOD_PAGE,
            asked("\"message\":\"m\",\"mode\":\"url\""),
            "The input request q of tools/call has the mode url without a url."),
        url("ELIC-512", "/look", "has the url \"/look\", which is no absolute URL."),
        url(
            "ELIC-529",
            "https://a.example/look?x=1&login_hint=bob%40example.com",
            "has a url that tells who the user is, in login_hint."),
        url(
            "ELIC-530",
            "https://a.example/look#access_token=abc",
            "has a url with a credential, access_token."),
        url("ELIC-530", "https://bob:x@a.example/", "has a url with a user and password."),
        url(
            "ELIC-532",
            "http://a.example/look",
            "has the url http://a.example/look, which is not https."));
  }

  @Test
  void aKeyIsTwiceInOneObjectOnly() {
    String nested = "{\"a\":{\"k\":1,\"b\":{\"k\":1}},\"c\":[{\"k\":1},{\"k\":2}]}";
    assertThat(DuplicateKeys.in(nested, "a")).isEmpty();
    assertThat(DuplicateKeys.in("{\"a\":{\"k\":1,\"k\":2}}", "a")).contains("k");
    assertThat(DuplicateKeys.in("{\"a\":{\"k\":1,\"k\":2}}", "b")).isEmpty();
    assertThat(DuplicateKeys.in("{\"a\":", "a")).isEmpty();
  }
}
