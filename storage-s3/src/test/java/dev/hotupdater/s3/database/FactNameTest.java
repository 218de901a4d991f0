package dev.hotupdater.s3.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FactNameTest {
  private static final String SERIAL = "0123456789abcdef0123456789abcdef";

  @Test
  void name_isReadAsItWasWritten() {
    FactName name =
        new FactName(
            new FactOrder(1_773_403_200_123L, SERIAL),
            1_773_403_200_000L,
            42,
            EnumSet.allOf(FactKind.class));

    assertEquals(
        "0001773403200123-" + SERIAL + "-0001773403200000-42-dinfa.jsonl.gz", name.toString());
    assertEquals(Optional.of(name), FactName.parse(name.toString()));
  }

  @Test
  void otherNames_areNone() {
    for (String text :
        new String[] {
          "",
          "readme.txt",
          "1-" + SERIAL + "-1-1-d.jsonl.gz",
          "x/y.jsonl.gz",
          of("7-dx"),
          of("07-d"),
          of("7-id")
        }) {
      assertEquals(Optional.empty(), FactName.parse(text), text);
    }
    assertTrue(FactName.parse(of("7-d")).isPresent());
    assertThrows(IllegalArgumentException.class, () -> FactOrder.parse("1-2"));
  }

  private static String of(String end) {
    return "0000000000000005-" + SERIAL + "-0000000000000005-" + end + ".jsonl.gz";
  }

  @Test
  void orders_areAsTheirTextsAre() {
    FactOrder first = FactOrder.at(5);
    FactOrder second = FactOrder.at(5);
    FactOrder later = FactOrder.at(6);

    assertTrue(first.compareTo(second) < 0);
    assertTrue(second.compareTo(later) < 0);
    assertTrue(FactOrder.text(5).compareTo(first.toString()) < 0);
    assertEquals(first, FactOrder.parse(first.toString()));
  }

  @Test
  void times_haveSixteenDigits() {
    for (Instant time : new Instant[] {Instant.MIN, Instant.EPOCH, Instant.now(), Instant.MAX}) {
      assertEquals(16, FactOrder.text(FactOrder.millis(time)).length(), time.toString());
    }
    assertEquals(16 + 1 + 32, FactOrder.at(FactOrder.millis(Instant.MAX) + 1).toString().length());
  }
}
