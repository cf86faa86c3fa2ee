package dev.plumbline.conformance.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.wire.Messages;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What we answer to the questions of a server: lawfully, or with one defect. */
class RepliesTest {
  private static final String FORM =
      "'form':{'method':'elicitation/create','params':{'message':'m','requestedSchema':"
          + "{'type':'object','properties':{'size':{'type':'string','enum':['s','m']},"
          + "'age':{'type':'integer'},'name':{'type':'string'}},'required':['age']}}}";
  private static final String PAGE =
      "'page':{'method':'elicitation/create','params':{'mode':'url','url':'https://h'}}";
  private static final String SAMPLE =
      "'sample':{'method':'sampling/createMessage','params':{'messages':[]}}";
  private static final String TOOLS =
      "'sample':{'method':'sampling/createMessage','params':{'tools':[{'name':'add',"
          + "'inputSchema':{'properties':{'a':{'type':'integer'}}}}]}}";
  private static final String ROOTS = "'roots':{'method':'roots/list'}";

  private static JsonNode json(String text) {
    return Messages.parse(text.replace('\'', '"')).orElseThrow();
  }

  /**
   * Compared as text: what was read from text and what was made differ in their kinds of numbers.
   */
  private static void assertIs(JsonNode actual, String expected) {
    assertThat(actual.toString()).isEqualTo(json(expected).toString());
  }

  private static JsonNode requests(String... requests) {
    return json("{" + String.join(",", requests) + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | 'plumbline'",
        "{'type':'string','minLength':12} | 'plumblinexxx'",
        "{'type':'string','maxLength':4} | 'plum'",
        "{'type':'string','maxLength':9} | 'plumbline'",
        "{'type':'string','maxLength':0} | ''",
        "{'type':'string','format':'email'} | 'plumbline@example.com'",
        "{'type':'string','format':'uri'} | 'https://example.com/plumbline'",
        "{'type':'string','format':'date'} | '2026-01-01'",
        "{'type':'string','format':'date-time'} | '2026-01-01T00:00:00Z'",
        "{'type':'string','enum':['s','m']} | 's'",
        "{'type':'string','const':'c','enum':['s']} | 'c'",
        "{'type':'string','oneOf':[{'const':'a'},{'const':'b'}]} | 'a'",
        "{'type':'string','anyOf':[{'const':'d'}]} | 'd'",
        "{'type':'boolean'} | true",
        "{'type':'integer'} | 2",
        "{'type':'number','minimum':3.5} | 4",
        "{'type':'integer','minimum':5,'maximum':9} | 5",
        "{'type':'integer','maximum':1} | 1",
        "{'type':'integer','minimum':-9,'maximum':-3} | -3",
        "{'type':'array','items':{'enum':['s','m']}} | ['s']",
        "{'type':'array','items':{'type':'string'}} | []"
      })
  void aFieldIsFilledInAsItsSchemaWants(String field, String value) {
    assertIs(Replies.content(json("{'properties':{'f':" + field + "}}")), "{'f':" + value + "}");
  }

  @Test
  void textIsNotMadeLongerThanAnybodyReads() {
    JsonNode filled =
        Replies.content(json("{'properties':{'f':{'type':'string','minLength':999999999}}}"));

    assertThat(filled.path("f").stringValue()).hasSize(1_024).startsWith("plumblinexx");
  }

  @Test
  void everythingThatMayBeAskedIsAnswered() {
    ObjectNode all = Replies.all(requests(FORM, PAGE, SAMPLE, ROOTS)).orElseThrow();

    assertIs(
        all.path("form"), "{'action':'accept','content':{'size':'s','age':2,'name':'plumbline'}}");
    assertIs(all.path("page"), "{'action':'accept'}");
    assertIs(
        all.path("sample"),
        "{'role':'assistant','content':{'type':'text','text':'plumbline'},"
            + "'model':'plumbline','stopReason':'endTurn'}");
    assertIs(all.path("roots"), "{'roots':[{'uri':'file:///plumbline','name':'plumbline'}]}");
  }

  @Test
  void whatNobodyMayAskIsNotAnswered() {
    assertThat(Replies.all(requests(ROOTS, "'x':{'method':'tools/list'}"))).isEmpty();
    assertThat(Replies.all(requests())).contains(Messages.object());
  }

  private static ObjectNode of(Map<String, ObjectNode> replies, String name) {
    return Objects.requireNonNull(replies.get(name));
  }

  @Test
  void aFormIsRefusedFilledInWronglyAndLeftIncomplete() {
    Map<String, ObjectNode> wrong = WrongReplies.to(requests(FORM, ROOTS));

    assertThat(wrong)
        .containsOnlyKeys("user-declines", "user-cancels", "form-number", "form-missing");
    assertIs(of(wrong, "user-declines").path("form"), "{'action':'decline'}");
    assertIs(of(wrong, "user-cancels").path("form"), "{'action':'cancel'}");
    assertIs(
        of(wrong, "form-number").path("form"),
        "{'action':'accept','content':{'size':'s','age':2,'name':" + WrongReplies.NUMBER + "}}");
    assertIs(
        of(wrong, "form-missing").path("form"),
        "{'action':'accept','content':{'size':'s','name':'plumbline'}}");
    assertThat(wrong.values()).allMatch(replies -> replies.path("roots").has("roots"));
  }

  @Test
  void aPageIsOnlyRefusedAndAFormWithoutNeedsIsNotLeftIncomplete() {
    String choice =
        "'form':{'method':'elicitation/create','params':{'requestedSchema':{'properties':"
            + "{'a':{'type':'string','oneOf':[{'const':'b'}]},'c':{'type':'boolean'}}}}}";

    assertThat(WrongReplies.to(requests(PAGE))).containsOnlyKeys("user-declines", "user-cancels");
    assertThat(WrongReplies.to(requests(choice))).containsOnlyKeys("user-declines", "user-cancels");
    assertThat(WrongReplies.to(requests(ROOTS))).isEmpty();
    assertIs(
        of(WrongReplies.to(requests(PAGE, FORM)), "form-number").path("page"),
        "{'action':'accept'}");
  }

  @Test
  void aModelAnswersInAnotherRoleOrWithABlockNobodyKnows() {
    Map<String, ObjectNode> wrong = WrongReplies.to(requests(SAMPLE, ROOTS));

    assertThat(wrong).containsOnlyKeys("sampled-system", "sampled-block");
    assertThat(of(wrong, "sampled-system").path("sample").path("role").stringValue())
        .isEqualTo("system");
    assertThat(of(wrong, "sampled-system").path("sample").path("content").path("text").isString())
        .isTrue();
    assertIs(
        of(wrong, "sampled-block").path("sample").path("content"), "{'type':'plumbline-unknown'}");
  }

  @Test
  void aModelUsesTheFirstToolTwice() {
    assertThat(WrongReplies.toolUse(requests(SAMPLE), 1)).isEmpty();
    assertThat(WrongReplies.toolUse(requests(FORM), 1)).isEmpty();
    assertThat(WrongReplies.withTools(requests(ROOTS, TOOLS)).orElseThrow().path("name").asString())
        .isEqualTo("add");

    JsonNode reply = WrongReplies.toolUse(requests(TOOLS), 3).orElseThrow().path("sample");

    assertThat(reply.path("stopReason").stringValue()).isEqualTo("toolUse");
    assertIs(
        reply.path("content"),
        "[{'type':'tool_use','id':'plumbline-use-3-1','name':'add','input':{'a':2}},"
            + "{'type':'tool_use','id':'plumbline-use-3-2','name':'add','input':{'a':2}}]");
  }
}
