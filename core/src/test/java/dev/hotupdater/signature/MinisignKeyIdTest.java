package dev.hotupdater.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinisignKeyIdTest {
  private static MinisignKeyId id(String hex) {
    return MinisignKeyId.at(0, HexFormat.of().parseHex(hex));
  }

  @ParameterizedTest
  @CsvSource({
    "1fe8b442180f62e7, E7620F1842B4E81F",
    "abcdef0000000000, EFCDAB",
    "00000000000000a0, A000000000000000",
    "0000000000000000, 0"
  })
  void toString_isReversedWithoutLeadingZeros(String bytes, String expected) {
    assertEquals(expected, id(bytes).toString());
  }

  @Test
  void equals_sameBytesOnly() {
    assertEquals(id("1fe8b442180f62e7"), id("1fe8b442180f62e7"));
    assertEquals(id("1fe8b442180f62e7").hashCode(), id("1fe8b442180f62e7").hashCode());
    assertNotEquals(id("1fe8b442180f62e7"), id("1fe8b442180f62e6"));
  }
}
