package dev.plumbline.server.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UriTemplateTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "no",
      value = {
        "test://t/{id}/data, test://t/123/data, {id=123}",
        "test://t/{id}/data, test://t//data, no",
        "test://t/{id}/data, test://t/1/2/data, no",
        "test://t/{id}/data, test://t/1/datum, no",
        "test://t/{id}/data, test://t/1/data/, no",
        "test://t/{id}/data, TEST://t/1/data, no",
        "file:///{path}, file:///a%2Fb%C3%A4, {path=a/bä}",
        "file:///{path}, file:///a%2, no",
        "file:///{path}, file:///a%2g, no",
        "file:///{path}, file:///%FF, no",
        "file:///{path}, file:///a b, no",
        "file:///{path}, file:///a?b, no",
        "file:///{path}, file:///, no",
        "x:{a}.{b}, x:1.2.3, '{a=1, b=2.3}'",
        "x:{a}-end, x:1-end-end, {a=1-end}",
        "x:{a}/{b}/{c}, x:1/2/3, '{a=1, b=2, c=3}'",
        "x:{a}/{b}/{c}, x:1/2, no",
        "x:{a.b_1}, x:1, {a.b_1=1}",
        "file:///r/{+path}, file:///r/a/b%20c+d, {path=a/b c+d}",
        "file:///r/{+path}, file:///r/, no",
        "file:///r/{+path}, file:///s/a, no",
        "x:{a}/{+path}, x:1/2/3, '{a=1, path=2/3}'"
      })
  void takesExactlyItsOwnUrisApart(String template, String uri, String variables) {
    assertThat(new UriTemplate(template).match(uri).map(Object::toString).orElse(null))
        .isEqualTo(variables);
  }

  @ParameterizedTest
  @CsvSource({
    "test://plain, has no variable",
    "test://{#path}, only plain variables",
    "test://{+}, only plain variables",
    "test://{+path}/end, has something after {+path}",
    "'test://{+path}/{b}', has something after {+path}",
    "test://{a*}, only plain variables",
    "'test://{a,b}', only plain variables",
    "test://{}, only plain variables",
    "test://{a}/{a}, twice",
    "test://{a}{b}, nothing before {b}",
    "test://{a}/{b, is not a URI template",
    "test://{a}/ b, is not a URI template"
  })
  void refusesWhatItCannotMatch(String template, String why) {
    assertThatThrownBy(() -> new UriTemplate(template))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("template " + template)
        .hasMessageContaining(why);
  }

  @Test
  void takesALongUriInOnePass() {
    String uri = "x:" + "a.".repeat(100_000) + "/end";
    assertThat(new UriTemplate("x:{a}.{b}.{c}.{d}.{e}.{f}/end").match(uri)).isPresent();
    assertThat(new UriTemplate("x:{a}.{b}.{c}.{d}.{e}.{f}/start").match(uri)).isEmpty();
  }
}
