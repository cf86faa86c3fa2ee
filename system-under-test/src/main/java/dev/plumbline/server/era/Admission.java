package dev.plumbline.server.era;

import dev.plumbline.server.protocol.Decoded;
import java.util.Optional;

/** Who may have a message worked on, whatever carried it. */
public interface Admission {
  /** Everybody. */
  Admission OPEN =
      new Admission() {
        @Override
        public Inbound known(Inbound in) {
          return in;
        }

        @Override
        public Optional<Answer> refusal(Inbound in, Decoded decoded) {
          return Optional.empty();
        }

        @Override
        public Answer said(Inbound in, Answer answer) {
          return answer;
        }
      };

  /** The same message, of whom its credentials prove. */
  Inbound known(Inbound in);

  /** Why this message is not worked on; empty when it is. */
  Optional<Answer> refusal(Inbound in, Decoded decoded);

  /** The answer as the one who asked may have it. */
  Answer said(Inbound in, Answer answer);
}
