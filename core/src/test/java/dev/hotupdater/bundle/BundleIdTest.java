package dev.hotupdater.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.fixture.Seed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BundleIdTest {
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}");
  private static final int ROUNDS = 100_000;

  /** Neighbours of the digits in ASCII, what looks like them elsewhere, and what trims away. */
  private static final char[] ODD =
      "gGzZ/:@`{-_ \t\n\0\u0130\u0131\u00df\u017f\u0660\u06f0\uff10\uff21\uff41\uff0d\u2010\ud835\udc00"
          .toCharArray();

  private static String uuid(Random random) {
    String text = new UUID(random.nextLong(), random.nextLong()).toString();
    StringBuilder mixed = new StringBuilder();
    for (char c : text.toCharArray()) {
      mixed.append(random.nextInt(4) == 0 ? Character.toUpperCase(c) : c);
    }
    return random.nextInt(3) == 0 ? mixed.toString() : text;
  }

  private static String nearMiss(Random random) {
    StringBuilder text = new StringBuilder(uuid(random));
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(text.length());
      char odd =
          random.nextInt(3) == 0 ? (char) random.nextInt(0x250) : ODD[random.nextInt(ODD.length)];
      switch (random.nextInt(5)) {
        case 0 -> text.insert(at, odd);
        case 1 -> text.deleteCharAt(at);
        case 2 -> text.insert(at, '0').deleteCharAt(random.nextInt(text.length()));
        case 3 -> text.setCharAt(at, Character.forDigit(random.nextInt(16), 16));
        default -> text.setCharAt(at, odd);
      }
    }
    return text.toString();
  }

  @Test
  void parse_randomNearMisses_acceptsWhatTheReferenceAccepts() {
    Random random = Seed.random(BundleIdTest.class);
    int accepted = 0;
    for (int i = 0; i < ROUNDS; i++) {
      String text = random.nextInt(4) == 0 ? uuid(random) : nearMiss(random);
      Optional<BundleId> id = BundleId.parse(text);
      assertEquals(UUID_TEXT.matcher(text).matches(), id.isPresent(), text);
      id.ifPresent(found -> assertEquals(text.toLowerCase(Locale.ROOT), found.toString()));
      accepted += id.isPresent() ? 1 : 0;
    }
    assertTrue(accepted > ROUNDS / 5 && accepted < ROUNDS * 4 / 5, "accepted " + accepted);
  }

  @Test
  void order_isThatOfTheTexts() {
    Random random = Seed.random(BundleIdTest.class);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      UUID uuid = new UUID(random.nextLong(), random.nextLong());
      texts.add(uuid.toString());
      // The same first half, and one that differs in its first bit alone.
      texts.add(new UUID(uuid.getMostSignificantBits(), random.nextLong()).toString());
      texts.add(
          new UUID(uuid.getMostSignificantBits() ^ Long.MIN_VALUE, uuid.getLeastSignificantBits())
              .toString());
    }
    List<BundleId> ids = new ArrayList<>(texts.stream().map(BundleId::of).toList());

    Collections.sort(texts);
    Collections.sort(ids);

    assertEquals(texts, ids.stream().map(BundleId::toString).toList());
    for (int i = 1; i < ids.size(); i++) {
      assertEquals(ids.get(i).equals(ids.get(i - 1)), ids.get(i).compareTo(ids.get(i - 1)) == 0);
    }
  }

  @Test
  void upperCase_isTheSameId() {
    BundleId lower = BundleId.of("0199abcd-ef00-7000-8000-00000000000a");
    BundleId upper = BundleId.of("0199ABCD-EF00-7000-8000-00000000000A");

    assertEquals(lower, upper);
    assertEquals(lower.hashCode(), upper.hashCode());
    assertEquals(0, lower.compareTo(upper));
    assertEquals("0199abcd-ef00-7000-8000-00000000000a", upper.toString());
  }

  @Test
  void lowerCaseText_isKeptAsItIs() {
    String text = "0199abcd-ef00-7000-8000-00000000000a";

    assertEquals(text, BundleId.of(text).toString());
  }

  @Test
  void nil_isRecognisedAndTheSmallest() {
    BundleId nil = BundleId.of("00000000-0000-0000-0000-000000000000");
    BundleId next = BundleId.of("00000000-0000-0000-0000-000000000001");
    BundleId high = BundleId.of("80000000-0000-0000-0000-000000000000");

    assertEquals(BundleId.NIL, nil);
    assertEquals(BundleId.NIL.hashCode(), nil.hashCode());
    assertTrue(nil.isNil());
    assertFalse(next.isNil());
    assertFalse(high.isNil());
    assertTrue(nil.compareTo(next) < 0 && next.compareTo(high) < 0);
    assertNotEquals(nil, next);
  }

  @Test
  void of_whatIsNoUuid_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> BundleId.of(""));
    assertThrows(
        IllegalArgumentException.class,
        () -> BundleId.of("{0199abcd-ef00-7000-8000-00000000000a}"));
    assertThrows(
        IllegalArgumentException.class, () -> BundleId.of("0199abcdef0070008000000000000000000a"));
  }
}
