package dev.plumbline.server.limit;

import dev.plumbline.server.protocol.Message;

/**
 * What becomes of a message when its peer does not keep up (R150, FM-15, FM-46, FM-48). This is the
 * one table of that policy:
 *
 * <table>
 * <caption>Messages to a peer that does not read</caption>
 * <tr><th>kind</th><th>the peer reads, but slower</th><th>the peer has not read for a while</th></tr>
 * <tr><td>response</td><td>has its place since its request was taken on</td><td>kept; further
 * requests are refused, and after the stall limit the connection is closed</td></tr>
 * <tr><td>question</td><td>whoever asks waits</td><td>whoever asks waits, up to the stall limit,
 * then gets an error</td></tr>
 * <tr><td>progress, log</td><td>whoever reports waits</td><td>the oldest that wait give way; on an
 * HTTP stream, which cannot take back what it was given, the newer</td></tr>
 * <tr><td>news</td><td>told once, however often it is said meanwhile</td><td>the same; progress and
 * log give way</td></tr>
 * <tr><td>beat</td><td>not said: what waits is sign enough</td><td>not said</td></tr>
 * </table>
 */
public enum MessageKind {
  /** Answers a request. Never dropped. */
  RESPONSE,
  /** A request of the server. Never dropped: whoever asks hears that it cannot be asked. */
  QUESTION,
  /** How far a request has come; the next report says more. */
  PROGRESS,
  /** A log line. */
  LOG,
  /** Says "look again", or is said once; the same twice is no news. */
  NEWS,
  /** A sign of life. */
  BEAT;

  /** True when the oldest of this kind gives way to something newer. */
  public boolean givesWay() {
    return switch (this) {
      case PROGRESS, LOG, BEAT -> true;
      case RESPONSE, QUESTION, NEWS -> false;
    };
  }

  /** The kind of a message of the server. */
  public static MessageKind of(Message message) {
    return switch (message) {
      case Message.Response _ -> RESPONSE;
      case Message.Request _ -> QUESTION;
      case Message.Notification notification ->
          switch (notification.method()) {
            case "notifications/progress" -> PROGRESS;
            case "notifications/message" -> LOG;
            default -> NEWS;
          };
    };
  }
}
