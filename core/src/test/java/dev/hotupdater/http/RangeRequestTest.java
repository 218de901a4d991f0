package dev.hotupdater.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeRequestTest {
  private static final long SIZE = 10_000;

  private static RangeRequest of(String method, String range, long size) {
    HttpHeaders headers = HttpHeaders.builder().add("Range", range).build();
    return RangeRequest.of(HttpRequest.builder(method, "/").headers(headers).build(), size);
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-499,                   0,    499",
    "bytes=500-999,                 500,  999",
    "bytes=0-0,                     0,    0",
    "bytes=9500-,                   9500, 9999",
    "bytes=-500,                    9500, 9999",
    "bytes=-1,                      9999, 9999",
    "bytes=-10000,                  0,    9999",
    "bytes=-99999999999999999999,   0,    9999",
    "bytes=9999-,                   9999, 9999",
    "bytes=9000-10000,              9000, 9999",
    "bytes=0-99999999999999999999,  0,    9999",
    "bytes=0000000000000000000001-02, 1,  2",
    "BYTES=1-2,                     1,    2",
    "' bytes=1-2 ',                 1,    2",
    "'bytes= 1-2 ,',                1,    2",
    "'bytes=,\t1-2',                1,    2"
  })
  void of_singleRange_isAPart(String range, long first, long last) {
    RangeRequest.Part part = new RangeRequest.Part(first, last, SIZE);

    assertEquals(part, of("GET", range, SIZE));
    assertEquals(last - first + 1, part.length());
    assertEquals("bytes " + first + "-" + last + "/10000", part.contentRange());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bytes=10000-", "bytes=10000-10001", "bytes=99999999999999999999-", "bytes=-0"})
  void of_rangeBehindTheEnd_isUnsatisfiable(String range) {
    RangeRequest.Unsatisfiable unsatisfiable = new RangeRequest.Unsatisfiable(SIZE);

    assertEquals(unsatisfiable, of("GET", range, SIZE));
    assertEquals("bytes */10000", unsatisfiable.contentRange());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=,",
        "bytes=-",
        "bytes=a-b",
        "bytes=5-4",
        "bytes=99999999999999999999-5",
        "bytes=1-2-3",
        "bytes=--5",
        "bytes=1 - 2",
        "bytes=+1-2",
        "bytes=\u0661-\u0662",
        "bytes 1-2",
        "bytes =1-2",
        "items=1-2",
        "bytes=0-1,5-6",
        "bytes=0-,-5"
      })
  void of_severalRangesOrOtherText_isTheWhole(String range) {
    assertEquals(new RangeRequest.Whole(), of("GET", range, SIZE));
  }

  @Test
  void of_anEmptyResource_hasNoParts() {
    assertEquals(new RangeRequest.Unsatisfiable(0), of("GET", "bytes=0-", 0));
    assertEquals(new RangeRequest.Unsatisfiable(0), of("GET", "bytes=-0", 0));
    assertEquals(new RangeRequest.Whole(), of("GET", "bytes=-5", 0));
  }

  @Test
  void of_otherMethodOrRepeatedOrMissingField_isTheWhole() {
    HttpHeaders twice =
        HttpHeaders.builder().add("Range", "bytes=0-1").add("Range", "bytes=0-1").build();

    assertEquals(new RangeRequest.Whole(), of("HEAD", "bytes=0-1", SIZE));
    assertEquals(new RangeRequest.Whole(), of("PUT", "bytes=0-1", SIZE));
    assertEquals(
        new RangeRequest.Whole(),
        RangeRequest.of(HttpRequest.builder("GET", "/").headers(twice).build(), SIZE));
    assertEquals(
        new RangeRequest.Whole(), RangeRequest.of(HttpRequest.builder("GET", "/").build(), SIZE));
  }

  @Test
  void of_hugeField_takesNoTimeToSpeakOf() {
    String hostile = "bytes=" + "0-,".repeat(100_000) + "0".repeat(100_000) + "-";

    assertTimeout(Duration.ofSeconds(2), () -> of("GET", hostile, SIZE));
  }
}
