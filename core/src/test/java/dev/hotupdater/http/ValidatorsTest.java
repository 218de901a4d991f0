package dev.hotupdater.http;

import static dev.hotupdater.http.Validators.Verdict.NOT_MODIFIED;
import static dev.hotupdater.http.Validators.Verdict.PRECONDITION_FAILED;
import static dev.hotupdater.http.Validators.Verdict.PROCEED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValidatorsTest {
  private static final String BEFORE = "Sun, 06 Nov 1994 08:49:36 GMT";
  private static final String SAME = "Sun, 06 Nov 1994 08:49:37 GMT";
  private static final String AFTER = "Sun, 06 Nov 1994 08:49:38 GMT";

  private final Validators validators =
      Validators.of(EntityTag.strong("now"), Instant.parse("1994-11-06T08:49:37.900Z"));

  private static HttpRequest request(String method, String... fields) {
    HttpHeaders.Builder headers = HttpHeaders.builder();
    for (int i = 0; i < fields.length; i += 2) {
      headers.add(fields[i], fields[i + 1]);
    }
    return HttpRequest.builder(method, "/").headers(headers.build()).build();
  }

  private Validators.Verdict get(String... fields) {
    return validators.verdict(request("GET", fields));
  }

  private Validators.Verdict put(String... fields) {
    return validators.verdict(request("PUT", fields));
  }

  @Test
  void verdict_withoutCondition_isToProceed() {
    assertEquals(PROCEED, get());
    assertEquals(PROCEED, put());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"now\"", "W/\"now\"", "\"old\", \"now\"", "*"})
  void ifNoneMatch_currentTag_isNotModifiedForReads(String tags) {
    assertEquals(NOT_MODIFIED, get("If-None-Match", tags));
    assertEquals(NOT_MODIFIED, validators.verdict(request("HEAD", "If-None-Match", tags)));
    assertEquals(PRECONDITION_FAILED, put("If-None-Match", tags));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"old\"", "now", ""})
  void ifNoneMatch_otherTag_isToProceed(String tags) {
    assertEquals(PROCEED, get("If-None-Match", tags));
    assertEquals(PROCEED, put("If-None-Match", tags));
  }

  @Test
  void ifNoneMatch_winsOverIfModifiedSince() {
    assertEquals(PROCEED, get("If-None-Match", "\"old\"", "If-Modified-Since", AFTER));
    assertEquals(NOT_MODIFIED, get("If-None-Match", "\"now\"", "If-Modified-Since", BEFORE));
  }

  @Test
  void ifModifiedSince_comparesWholeSeconds() {
    assertEquals(PROCEED, get("If-Modified-Since", BEFORE));
    assertEquals(NOT_MODIFIED, get("If-Modified-Since", SAME));
    assertEquals(NOT_MODIFIED, get("If-Modified-Since", AFTER));
  }

  @Test
  void ifModifiedSince_forAWriteOrWithoutDate_isIgnored() {
    assertEquals(PROCEED, put("If-Modified-Since", AFTER));
    assertEquals(PROCEED, get("If-Modified-Since", "tomorrow"));
  }

  @Test
  void ifMatch_comparesStrongly() {
    assertEquals(PROCEED, get("If-Match", "\"now\""));
    assertEquals(PROCEED, put("If-Match", "*"));
    assertEquals(PRECONDITION_FAILED, get("If-Match", "W/\"now\""));
    assertEquals(PRECONDITION_FAILED, put("If-Match", "\"old\""));
    assertEquals(PRECONDITION_FAILED, put("If-Match", "no tag"));
  }

  @Test
  void ifMatch_winsOverIfUnmodifiedSinceAndGoesBeforeIfNoneMatch() {
    assertEquals(PROCEED, get("If-Match", "\"now\"", "If-Unmodified-Since", BEFORE));
    assertEquals(NOT_MODIFIED, get("If-Match", "\"now\"", "If-None-Match", "\"now\""));
    assertEquals(PRECONDITION_FAILED, get("If-Match", "\"old\"", "If-None-Match", "\"now\""));
  }

  @Test
  void ifUnmodifiedSince_comparesWholeSeconds() {
    assertEquals(PRECONDITION_FAILED, get("If-Unmodified-Since", BEFORE));
    assertEquals(PROCEED, get("If-Unmodified-Since", SAME));
    assertEquals(PROCEED, put("If-Unmodified-Since", AFTER));
    assertEquals(PROCEED, get("If-Unmodified-Since", "no date"));
  }

  @Test
  void dates_ofAResourceWithoutTime_areIgnored() {
    Validators timeless = Validators.of(EntityTag.strong("now"));

    assertEquals(PROCEED, timeless.verdict(request("GET", "If-Modified-Since", AFTER)));
    assertEquals(PROCEED, timeless.verdict(request("GET", "If-Unmodified-Since", BEFORE)));
  }

  @Test
  void allowRange_dependsOnTheStrongTag() {
    assertTrue(validators.allowRange(request("GET")));
    assertTrue(validators.allowRange(request("GET", "If-Range", "\"now\"")));
    assertFalse(validators.allowRange(request("GET", "If-Range", "W/\"now\"")));
    assertFalse(validators.allowRange(request("GET", "If-Range", "\"old\"")));
    assertFalse(validators.allowRange(request("GET", "If-Range", "\"now\", \"old\"")));
    assertFalse(validators.allowRange(request("GET", "If-Range", SAME)));
    assertFalse(
        Validators.of(EntityTag.weak("now")).allowRange(request("GET", "If-Range", "W/\"now\"")));
  }

  @Test
  void addTo_tellsTagAndTime() {
    HttpResponse.Builder response = HttpResponse.status(200);

    validators.addTo(response);

    HttpHeaders headers = response.build().headers();
    assertEquals(Optional.of("\"now\""), headers.first("ETag"));
    assertEquals(Optional.of(SAME), headers.first("Last-Modified"));
  }
}
