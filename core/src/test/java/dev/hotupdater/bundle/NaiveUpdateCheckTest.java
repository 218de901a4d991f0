package dev.hotupdater.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What other tests compare with must itself be right. */
class NaiveUpdateCheckTest {
  @Test
  void goldenRequests_areAllDecidedAsTheNodeServerDoes() {
    List<JsonNode> catalogues = GoldenRows.read("decisions.jsonl.gz");
    assertEquals(120, catalogues.size());
    int requests = 0;
    for (JsonNode catalogue : catalogues) {
      List<NaiveUpdateCheck.Candidate> bundles = new ArrayList<>();
      catalogue.get("bundles").forEach(bundle -> bundles.add(candidate(bundle)));
      for (JsonNode request : catalogue.get("requests")) {
        JsonNode expect = request.get("expect");
        String expected =
            expect.isNull()
                ? "NONE"
                : expect.get("status").textValue() + " " + expect.get("id").textValue();
        assertEquals(
            expected, NaiveUpdateCheck.decide(bundles, request(request)), request::toString);
        requests++;
      }
    }
    assertEquals(7200, requests);
  }

  @Test
  void goldenRanges_areAllAnsweredAsTheNodeServerDoes() {
    for (JsonNode row : GoldenRows.read("semver-grid.jsonl")) {
      assertEquals(
          row.get(2).booleanValue(),
          NaiveUpdateCheck.satisfies(row.get(0).textValue(), row.get(1).textValue()),
          row::toString);
    }
  }

  private static NaiveUpdateCheck.Candidate candidate(JsonNode bundle) {
    return new NaiveUpdateCheck.Candidate(
        bundle.get("id").textValue(),
        bundle.get("platform").textValue(),
        bundle.get("channel").textValue(),
        bundle.get("enabled").booleanValue(),
        bundle.get("targetAppVersion").textValue(),
        bundle.get("fingerprintHash").textValue(),
        bundle.get("rolloutCohortCount").isNull()
            ? null
            : bundle.get("rolloutCohortCount").intValue(),
        texts(bundle.get("targetCohorts")),
        bundle.get("shouldForceUpdate").booleanValue());
  }

  private static @Nullable List<String> texts(JsonNode json) {
    if (json.isNull()) {
      return null;
    }
    List<String> texts = new ArrayList<>();
    json.forEach(text -> texts.add(text.textValue()));
    return texts;
  }

  private static NaiveUpdateCheck.Request request(JsonNode request) {
    return new NaiveUpdateCheck.Request(
        request.get("platform").textValue(),
        request.get("channel").textValue(),
        request.get("minBundleId").textValue(),
        request.get("bundleId").textValue(),
        request.path("appVersion").textValue(),
        request.path("fingerprintHash").textValue(),
        request.path("cohort").textValue());
  }
}
