package dev.plumbline.server.uri;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What text beyond ASCII may be in a name. Refused are: what cannot be seen; what passes for ASCII,
 * which is everything whose compatibility form (NFKC) has a character of ASCII, and some
 * look-alikes of separators that Unicode does not call compatible; and a word with letters of
 * several scripts. A word is what stands between characters of ASCII that are neither letters nor
 * digits; Japanese, Chinese and Korean mix as they do, with Latin letters too (UTS 39 §5.2, highly
 * restrictive).
 */
final class Letters {
  private static final int ASCII = 0x80;

  /** Dots, slashes, backslashes, colons, percent signs and strokes through letters. */
  private static final Set<Integer> LOOK_ALIKES =
      Set.of(
          0x0589, 0x05C3, 0x0609, 0x060A, 0x066A, 0x06D4, 0x0701, 0x0702, 0x0703, 0x0704, 0x16EB,
          0x16EC, 0x1735, 0x1803, 0x1809, 0x2027, 0x2041, 0x2044, 0x205A, 0x20E5, 0x2215, 0x2216,
          0x2236, 0x2571, 0x2572, 0x27CB, 0x27CD, 0x29F5, 0x29F6, 0x29F8, 0x29F9, 0x2AFB, 0x2AFD,
          0x2CC6, 0x2E31, 0x2E33, 0x3002, 0x3033, 0xA4F8, 0xA4FD, 0xA60E, 0xA789, 0xFF61, 0x02D0,
          0x02D1, 0x02D9, 0x02F8, 0x0337, 0x0338, 0x10A50, 0x1D16D);

  /** Letters and marks that show nothing. */
  private static final Set<Integer> BLANKS =
      Set.of(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0);

  private static final List<Set<UnicodeScript>> MIXTURES =
      List.of(
          EnumSet.of(
              UnicodeScript.LATIN,
              UnicodeScript.HAN,
              UnicodeScript.HIRAGANA,
              UnicodeScript.KATAKANA),
          EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.BOPOMOFO),
          EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HANGUL));

  private Letters() {}

  static void check(String text) throws UriRefusedException {
    boolean ascii = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == 0x7F) {
        throw new UriRefusedException(Flaw.INVISIBLE);
      }
      if (c == '\\') {
        throw new UriRefusedException(Flaw.BACKSLASH);
      }
      ascii &= c < ASCII;
    }
    if (!ascii) {
      int[] characters = text.codePoints().toArray();
      // What is normal as a whole has nothing that becomes something else.
      boolean normal = Normalizer.isNormalized(text, Normalizer.Form.NFKC);
      for (int c : characters) {
        checkOne(c, normal);
      }
      checkWords(characters);
    }
  }

  private static void checkOne(int c, boolean normal) throws UriRefusedException {
    if (c < ASCII) {
      return;
    }
    if (invisible(c)) {
      throw new UriRefusedException(Flaw.INVISIBLE);
    }
    if (LOOK_ALIKES.contains(c) || (!normal && becomesAscii(c))) {
      throw new UriRefusedException(Flaw.LOOK_ALIKE);
    }
  }

  private static boolean invisible(int c) {
    return BLANKS.contains(c)
        || switch (Character.getType(c)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR,
              Character.SPACE_SEPARATOR,
              Character.PRIVATE_USE,
              Character.SURROGATE,
              Character.UNASSIGNED ->
              true;
          default -> false;
        };
  }

  private static boolean becomesAscii(int c) {
    return Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC)
        .chars()
        .anyMatch(other -> other < ASCII);
  }

  private static void checkWords(int[] characters) throws UriRefusedException {
    Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
    for (int c : characters) {
      if (c < ASCII && !Character.isLetterOrDigit(c)) {
        scripts.clear();
      } else {
        UnicodeScript script = UnicodeScript.of(c);
        boolean counts = script != UnicodeScript.COMMON && script != UnicodeScript.INHERITED;
        if (counts && scripts.add(script) && scripts.size() > 1 && !mixable(scripts)) {
          throw new UriRefusedException(Flaw.MIXED_SCRIPTS);
        }
      }
    }
  }

  private static boolean mixable(Set<UnicodeScript> scripts) {
    return MIXTURES.stream().anyMatch(mixture -> mixture.containsAll(scripts));
  }
}
