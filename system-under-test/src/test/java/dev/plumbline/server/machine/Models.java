package dev.plumbline.server.machine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Every lifecycle written down a second time: one line per state, where each event leads, "same"
 * where nothing changes, "no" where it is illegal. A table that is changed has to be changed here.
 */
final class Models {
  private static final String TEXT =
      """
      == client
                    CONNECT    OPENED       AGREED FAILED        HANDSHAKE_TIMEOUT LOST       SESSION_ENDED CLOSE         RELEASED
      DISCONNECTED  CONNECTING no           no     no            no                same       no            same          no
      CONNECTING    same       INITIALIZING no     DISCONNECTED  no                same       same          DISCONNECTING no
      INITIALIZING  same       no           READY  DISCONNECTING DISCONNECTING     CONNECTING INITIALIZING  DISCONNECTING no
      READY         same       no           no     no            no                CONNECTING INITIALIZING  DISCONNECTING no
      DISCONNECTING no         no           no     no            no                same       no            same          DISCONNECTED
      == server
                  HANDSHAKE_BEGAN CLIENT_READY HANDSHAKE_FAILED CLIENTS_GONE DRAIN    DRAINED DRAIN_TIMEOUT
      LISTENING   HANDSHAKING     ACTIVE       same             same         DRAINING no      no
      HANDSHAKING same            ACTIVE       LISTENING        LISTENING    DRAINING no      no
      ACTIVE      same            same         same             LISTENING    DRAINING no      no
      DRAINING    no              no           same             same         same     CLOSED  CLOSED
      CLOSED      no              no           no               no           no       no      no
      == session
                   INITIALIZED REQUEST PING   LISTEN RESTORED DRAIN  HAND_OVER SUSPEND   IDLE_TIMEOUT HANDSHAKE_TIMEOUT TERMINATE   RELEASED
      INITIALIZING ACTIVE      no      same   same   RESUMING no     no        no        no           EXPIRING          TERMINATING no
      ACTIVE       same        same    same   same   no       PAUSED UPGRADING SUSPENDED EXPIRING     no                TERMINATING no
      SUSPENDED    same        ACTIVE  ACTIVE ACTIVE no       PAUSED UPGRADING same      EXPIRING     no                TERMINATING no
      RESUMING     same        ACTIVE  ACTIVE ACTIVE same     PAUSED UPGRADING SUSPENDED EXPIRING     no                TERMINATING no
      PAUSED       same        no      same   no     no       same   UPGRADING same      EXPIRING     no                TERMINATING no
      UPGRADING    same        no      same   no     RESUMING same   same      same      EXPIRING     no                TERMINATING no
      EXPIRING     no          no      no     no     no       no     no        no        no           no                no          DEAD
      TERMINATING  no          no      no     no     no       no     no        no        no           no                no          DEAD
      DEAD         no          no      no     no     no       no     no        no        no           no                no          no
      == task
                     START   ASK            ANSWERED RESULT       ERROR     CANCEL     CANCEL_TIMEOUT DEADLINE  EXPIRE
      SUBMITTED      RUNNING no             no       no           FAILED    CANCELLED  no             TIMED_OUT TIMED_OUT
      RUNNING        no      INPUT_REQUIRED no       RESULT_READY FAILED    CANCELLING no             TIMED_OUT TIMED_OUT
      INPUT_REQUIRED no      no             RUNNING  RESULT_READY FAILED    CANCELLING no             TIMED_OUT TIMED_OUT
      CANCELLING     no      no             same     RESULT_READY CANCELLED same       CANCELLED      CANCELLED CANCELLED
      RESULT_READY   no      no             no       no           no        same       no             no        same
      CANCELLED      no      no             no       no           no        same       no             no        same
      FAILED         no      no             no       no           no        same       no             no        same
      TIMED_OUT      no      no             no       no           no        same       no             no        same
      == stream
               ATTACHED LOST   RESUME   REPLAYED FINISHED EXPIRED TERMINATED
      OPENING  ACTIVE   PAUSED no       no       CLOSING  no      CLOSED
      ACTIVE   no       PAUSED RESUMING same     CLOSING  no      CLOSED
      PAUSED   no       same   RESUMING no       CLOSING  CLOSED  CLOSED
      RESUMING no       PAUSED RESUMING ACTIVE   CLOSING  no      CLOSED
      CLOSING  no       same   same     same     same     CLOSED  CLOSED
      CLOSED   no       no     no       no       no       no      no
      == breaker
                  TRIP WAIT_OVER RECOVERED PROBE_FAILED PROBE_TIMEOUT PROBES_DONE FORCE_OPEN  RESET
      CLOSED      OPEN no        no        no           no            no          FORCED_OPEN same
      OPEN        same HALF_OPEN no        no           no            no          FORCED_OPEN CLOSED
      HALF_OPEN   OPEN same      CLOSED    OPEN         OPEN          same        FORCED_OPEN CLOSED
      FORCED_OPEN same no        no        no           no            no          same        CLOSED
      == domain
                 RESTART  KILL       DRAINED    DRAIN_TIMEOUT STARTED GIVE_UP RESET      STOP
      RUNNING    DRAINING RESTARTING no         no            no      FAILED  same       STOPPED
      DRAINING   same     RESTARTING RESTARTING RESTARTING    no      FAILED  same       STOPPED
      RESTARTING same     same       same       same          RUNNING FAILED  same       STOPPED
      FAILED     no       no         no         no            no      same    RESTARTING STOPPED
      STOPPED    no       no         no         no            no      no      no         no
      """;

  private static final Map<String, String> WORDS = read();

  private Models() {}

  /** What the event is to do: the name of a state, "same", or "no". */
  static String word(TransitionTable<?, ?> table, State state, Event event) {
    return Objects.requireNonNull(
        WORDS.get(key(table.name(), state.name(), event.name())), "no model for " + table.name());
  }

  private static String key(String table, String state, String event) {
    return table + ": " + state + " x " + event;
  }

  private static Map<String, String> read() {
    Map<String, String> words = new HashMap<>();
    String table = "";
    List<String> events = List.of();
    for (String line : TEXT.lines().map(String::strip).toList()) {
      List<String> row = List.of(line.split(" +", -1));
      if (row.getFirst().equals("==")) {
        table = row.get(1);
        events = List.of();
      } else if (events.isEmpty()) {
        events = row;
      } else {
        for (int i = 0; i < events.size(); i++) {
          words.put(key(table, row.getFirst(), events.get(i)), row.get(i + 1));
        }
      }
    }
    return words;
  }
}
