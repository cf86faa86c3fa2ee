package dev.plumbline.conformance.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.wire.Messages;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ServerMessagesTest {
  private static final String OLDEST = "2024-11-05";
  private static final String OLD = "2025-06-18";
  private static final String LAST_HANDSHAKE = "2025-11-25";
  private static final String STATELESS = "2026-07-28";

  private static JsonNode json(String text) {
    return Messages.parse(text.replace('\'', '"')).orElseThrow();
  }

  private static List<String> result(String revision, String method, String result) {
    JsonNode message = json("{'jsonrpc':'2.0','id':1,'result':" + result + "}");
    return told(ServerMessages.check(message, revision, Optional.of(method)));
  }

  private static List<String> message(String revision, String text) {
    return told(ServerMessages.check(json(text), revision, Optional.empty()));
  }

  private static List<String> told(List<Mismatch> mismatches) {
    return mismatches.stream().map(Mismatch::toString).toList();
  }

  @Test
  void namesThePlaceAndWhatHasToBeThere() {
    String tools = "{'tools':[{'name':'a','inputSchema':{'type':'object'}},{'name':'b'}]}";

    assertThat(result(OLDEST, "tools/list", tools))
        .containsExactly("result.tools[1].inputSchema is missing, not an object");
  }

  @Test
  void knowsMembersOnlyFromTheirRevisionOn() {
    String called = "{'content':[],'structuredContent':7}";

    assertThat(result("2025-03-26", "tools/call", called)).isEmpty();
    assertThat(result(OLD, "tools/call", called))
        .containsExactly("result.structuredContent is 7, not an object");
    assertThat(
            result(
                STATELESS,
                "tools/call",
                "{'resultType':'complete','content':[],'structuredContent':7}"))
        .isEmpty();
  }

  @Test
  void knowsKindsOfContentOnlyFromTheirRevisionOn() {
    String audio = "{'content':[{'type':'audio','data':'AAAA','mimeType':'audio/wav'}]}";

    assertThat(result(OLDEST, "tools/call", audio))
        .containsExactly("result.content[0].type is \"audio\", not one of text, image, resource");
    assertThat(result("2025-03-26", "tools/call", audio)).isEmpty();
  }

  @Test
  void demandsTypeAndCachingHintsOfStatelessResultsAlone() {
    assertThat(result(LAST_HANDSHAKE, "prompts/list", "{'prompts':[]}")).isEmpty();
    assertThat(result(STATELESS, "prompts/list", "{'prompts':[]}"))
        .containsExactly(
            "result.resultType is missing, not text",
            "result.ttlMs is missing, not an integer of at least 0",
            "result.cacheScope is missing, not one of public, private");
  }

  @Test
  void readsAResultThatAsksBackAsWhatItIs() {
    String asks =
        "{'resultType':'input_required','inputRequests':"
            + "{'a':{'method':'elicitation/create','params':{'message':'Who?'}}}}";

    assertThat(result(STATELESS, "tools/call", asks))
        .containsExactly("result.inputRequests.a.params.requestedSchema is missing, not an object");
  }

  @Test
  void letsNoServerSendRequestsInTheStatelessRevision() {
    String ping = "{'jsonrpc':'2.0','id':'s','method':'ping'}";

    assertThat(message(LAST_HANDSHAKE, ping)).isEmpty();
    assertThat(message(STATELESS, ping)).hasSize(1);
  }

  @Test
  void asksOlderClientsForNoChoiceOfSeveral() {
    String asks =
        "{'jsonrpc':'2.0','id':'s','method':'elicitation/create','params':{'message':'Which?',"
            + "'requestedSchema':{'type':'object','properties':"
            + "{'c':{'type':'array','items':{'enum':['a']}}}}}}";

    assertThat(message(LAST_HANDSHAKE, asks)).isEmpty();
    assertThat(message(OLD, asks)).singleElement().asString().contains("properties.c.type");
    assertThat(message(OLDEST, asks)).singleElement().asString().startsWith("method is");
  }

  @Test
  void refusesNotificationsOfAnotherRevisionAndLeavesForeignOnesAlone() {
    String complete =
        "{'jsonrpc':'2.0','method':'notifications/elicitation/complete',"
            + "'params':{'elicitationId':'e'}}";

    assertThat(message(LAST_HANDSHAKE, complete)).isEmpty();
    assertThat(message(OLD, complete)).singleElement().asString().startsWith("method is");
    assertThat(message(OLD, "{'jsonrpc':'2.0','method':'notifications/x-own','params':7}"))
        .isEmpty();
  }

  @Test
  void holdsErrorsToCodeMessageAndTheDataOfTheirPage() {
    assertThat(message(OLD, "{'jsonrpc':'2.0','id':1,'error':{'code':1.5}}"))
        .containsExactly("error.code is 1.5, not an integer", "error.message is missing, not text");
    assertThat(message(STATELESS, "{'jsonrpc':'2.0','id':1,'error':{'code':-32022,'message':'m'}}"))
        .containsExactly("error.data is missing, not an object");
    assertThat(message(OLD, "{'jsonrpc':'2.0','id':1,'error':{'code':-32022,'message':'m'}}"))
        .isEmpty();
    assertThat(message(OLD, "{'jsonrpc':'2.0','id':null,'error':{'code':-32700,'message':'m'}}"))
        .isEmpty();
  }

  @Test
  void wantsEitherResultOrErrorAndTheVersion() {
    assertThat(message(OLD, "{'jsonrpc':'2.0','id':1}"))
        .containsExactly("result is missing, not an object");
    assertThat(message(OLD, "{'id':1,'result':{},'error':{'code':1,'message':'m'}}"))
        .containsExactly(
            "jsonrpc is missing, not one of 2.0", "result is {}, not absent beside an error");
  }

  @Test
  void seesBytesThatAreNotBase64AndSharesAboveOne() {
    String read = "{'contents':[{'uri':'a:b','blob':'%%%'}]}";
    String listed =
        "{'resources':[{'uri':'a:b','name':'n','annotations':{'priority':1.5,'audience':['me']}}]}";

    assertThat(result(OLD, "resources/read", read))
        .containsExactly("result.contents[0].blob is \"%%%\", not text in Base64");
    assertThat(result(OLD, "resources/list", listed))
        .containsExactly(
            "result.resources[0].annotations.audience[0] is \"me\", not one of user, assistant",
            "result.resources[0].annotations.priority is 1.5, not a number from 0 to 1");
  }

  @Test
  void holdsOurOwnMessagesToTheirShapes() {
    JsonNode nameless = json("{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{}}");
    JsonNode ping = json("{'jsonrpc':'2.0','id':1,'method':'ping'}");

    assertThat(told(ClientMessages.check(nameless, OLD)))
        .containsExactly("params.name is missing, not text");
    assertThat(ClientMessages.check(ping, OLD)).isEmpty();
    assertThat(told(ClientMessages.check(ping, STATELESS)))
        .contains("method is \"ping\", not a method that 2026-07-28 knows");
  }

  @Test
  void holdsEveryMessageToTheFormOfJsonRpc() {
    assertThat(message(OLD, "[1]")).containsExactly("message is [1], not a JSON-RPC message");
    assertThat(message(OLD, "{'jsonrpc':'2.0','id':1,'method':7}"))
        .contains("method is 7, not text");
    assertThat(message(OLD, "{'jsonrpc':'2.0','id':true,'method':'ping'}"))
        .containsExactly("id is true, not text or an integer");
    assertThat(message(OLD, "{'jsonrpc':'2.0','id':[],'error':{'code':1,'message':'m'}}"))
        .containsExactly("id is [], not text or an integer");
    assertThat(message(OLD, "{'jsonrpc':'2.0','result':{}}"))
        .containsExactly("id is missing, not text or an integer");
  }

  @Test
  void holdsWhatItIsNotifiedOfToItsParameters() {
    assertThat(
            message(
                OLD, "{'jsonrpc':'2.0','method':'notifications/resources/updated','params':{}}"))
        .containsExactly("params.uri is missing, not a URI with its scheme");
  }

  @Test
  void holdsOurOwnMessagesToVersionIdAndMeta() {
    JsonNode unknown = json("{'jsonrpc':'1.0','id':true,'method':'x/own'}");
    JsonNode bare = json("{'jsonrpc':'2.0','id':1,'method':'tools/list','params':{}}");
    JsonNode told = json("{'jsonrpc':'2.0','method':'notifications/initialized','params':7}");

    assertThat(told(ClientMessages.check(unknown, OLD)))
        .containsExactly(
            "jsonrpc is \"1.0\", not one of 2.0", "id is true, not text or an integer");
    assertThat(ClientMessages.check(bare, OLD)).isEmpty();
    assertThat(told(ClientMessages.check(bare, STATELESS)))
        .containsExactly("params._meta is missing, not an object");
    assertThat(told(ClientMessages.check(told, OLD))).containsExactly("params is 7, not an object");
  }
}
