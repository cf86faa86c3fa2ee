package dev.plumbline.server.access;

import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.HeaderView;
import dev.plumbline.server.era.Inbound;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Binds the ids of sessions to whose they are: a client sees the id with a tag that only the server
 * can make for this id and this principal. For anybody else there is no such session. Nothing is
 * kept, so it holds in every process that knows the key.
 */
final class SessionTags {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int TAG_BYTES = 16;

  private final SecretKeySpec key;

  SessionTags(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /** The answer with the tag. */
  Answer tagged(String principal, Answer answer) {
    String id = answer.headers().get(Inbound.SESSION_HEADER);
    return id == null
        ? answer
        : answer.with(Inbound.SESSION_HEADER, id + Inbound.TAG_MARK + tag(principal, id));
  }

  /** The header fields without the tag; where it is wrong they name no session there is. */
  HeaderView untagged(String principal, HeaderView headers) {
    List<String> given = headers.all(Inbound.SESSION_HEADER);
    if (given.isEmpty()) {
      return headers;
    }
    List<String> ids = given.stream().map(text -> untagged(principal, text)).toList();
    return new HeaderView() {
      @Override
      public List<String> all(String name) {
        return name.equalsIgnoreCase(Inbound.SESSION_HEADER) ? ids : headers.all(name);
      }

      @Override
      public Set<String> names() {
        return headers.names();
      }
    };
  }

  private String untagged(String principal, String text) {
    int mark = text.indexOf(Inbound.TAG_MARK);
    String id = mark < 0 ? text : text.substring(0, mark);
    byte[] given =
        text.substring(Math.min(text.length(), mark + 1)).getBytes(StandardCharsets.UTF_8);
    byte[] wanted = tag(principal, id).getBytes(StandardCharsets.UTF_8);
    return mark >= 0 && MessageDigest.isEqual(given, wanted) ? id : "of-somebody-else";
  }

  private String tag(String principal, String id) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] whole = mac.doFinal((principal + "\n" + id).getBytes(StandardCharsets.UTF_8));
      return Base64Text.of(Arrays.copyOf(whole, TAG_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no " + ALGORITHM, e);
    }
  }
}
