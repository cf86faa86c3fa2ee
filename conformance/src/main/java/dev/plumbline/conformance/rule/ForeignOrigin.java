package dev.plumbline.conformance.rule;

import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Draft;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Header;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * TRAN-006 and TRAN-505: web pages of foreign origin are kept out. Two mutations of one lawful
 * request: a foreign Origin; and, on a loopback address, what a browser sends after a foreign name
 * was rebound to that address: foreign Origin and foreign Host together.
 */
public final class ForeignOrigin {
  private static final String FOREIGN = "foreign-origin";
  private static final String REBOUND = "rebound-name";

  // RFC 2606 §2: a name under .invalid never belongs to anybody.
  private static final String FOREIGN_HOST = "plumbline-foreign.invalid";
  private static final String FOREIGN_ORIGIN = "http://" + FOREIGN_HOST;

  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d+)?");

  private static final int FORBIDDEN = 403;

  /** The revision since which the page fixes the status; before, any refusal will do. */
  private static final String STATUS_SINCE = "2025-11-25";

  private static final String FIX =
      "Compare Origin (and, on a local address, Host) with the names the server is meant to be"
          + " reached by, before anything else, and answer 403 when it is another one.";

  private ForeignOrigin() {}

  /** Sends the cheapest request lawfully and in both mutations. */
  public static final Script SCRIPT =
      stage -> {
        Conversation conversation = stage.open();
        stage.fact("revision", conversation.revision());
        Probes.lawful(conversation);
        Draft lawful = conversation.draft(Probes.cheapest(stage.era()));
        conversation.send(FOREIGN, lawful.header("Origin", FOREIGN_ORIGIN));
        Draft again = conversation.draft(Probes.cheapest(stage.era()));
        if (isLoopback(again)) {
          conversation.send(
              REBOUND, again.header("Host", FOREIGN_HOST).header("Origin", FOREIGN_ORIGIN));
        }
      };

  private static boolean isLoopback(Draft draft) {
    return draft.headers().stream()
        .filter(header -> header.isNamed("Host"))
        .map(Header::value)
        .anyMatch(host -> LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches());
  }

  /** Judges both mutations. */
  public static Verdict judge(Recording recording) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    boolean fixed = recording.fact("revision").orElse("").compareTo(STATUS_SINCE) >= 0;
    examination.answered(FOREIGN).ifPresent(e -> judgeForeign(e, fixed, examination));
    if (recording.exchange(REBOUND).isPresent()) {
      examination.answered(REBOUND).ifPresent(e -> judgeRebound(e, examination));
    }
    return examination.verdict();
  }

  private static void judgeForeign(Exchange exchange, boolean fixed, Examination examination) {
    int status = exchange.status().orElse(0);
    if (status == FORBIDDEN || (!fixed && isRefusal(status))) {
      examination.kept();
      return;
    }
    examination.broken(
        exchange,
        isRefusal(status)
            ? "A request from a foreign web origin is refused with status " + status + ", not 403."
            : "A request from a foreign web origin is served: Origin is not validated.",
        "Origin is checked on every connection; a foreign one is answered with status 403.",
        "Origin " + FOREIGN_ORIGIN + " was answered with " + Answer.told(exchange) + ".",
        FIX);
  }

  /** The Host may be refused first, with whatever status fits: RFC 9110 §15.5.1, §15.5.20. */
  private static void judgeRebound(Exchange exchange, Examination examination) {
    if (isRefusal(exchange.status().orElse(0))) {
      examination.kept();
      return;
    }
    examination.broken(
        exchange,
        "A web page whose name was rebound to this local address is served: neither Host nor"
            + " Origin is validated.",
        "Origin is checked so that DNS rebinding does not open a local server to web pages: a"
            + " request with a foreign Host and Origin is refused.",
        "Host and Origin " + FOREIGN_HOST + " were answered with " + Answer.told(exchange) + ".",
        FIX);
  }

  private static boolean isRefusal(int status) {
    return status >= 400 && status < 500;
  }
}
