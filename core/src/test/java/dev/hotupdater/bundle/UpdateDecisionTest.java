package dev.hotupdater.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hotupdater.catalog.BundleCatalog;
import dev.hotupdater.catalog.Bundles;
import dev.hotupdater.catalog.Freshness;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.InMemoryDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The decision, through the catalogue, against the Node engine's and a naive implementation's. */
class UpdateDecisionTest {
  private static final int RANDOM_CASES = 100_000;
  private static final int CHECKS_PER_CATALOGUE = 100;
  private static final String[] RANGES = {
    "*",
    "1.x",
    "^1.0.0",
    "~1.2",
    ">=1.0.0 <2.0.0",
    "1.0.0 - 1.5",
    "<2",
    "2.x || 1.0.0",
    "latest",
    ">= 1.2.0 < 3",
    "1.2.3",
    "x",
    ">1.2.x",
    "^0.2.0"
  };
  private static final String[] VERSIONS = {
    "1.0", "1.0.0", "1.2.3", "1.2.3-beta.1", "v2.0.1", "0.2.5", "3", "not a version", "1.5.9"
  };
  private static final String[] PRINTS = {"fp-a", "fp-b", "fp-c"};
  private static final String[] CHANNELS = {"production", "beta"};
  private static final String[] COHORTS = {
    "1", "7", "007", "137", "500", "1000", "1001", "0", "qa", "QA ", "dogfood", ""
  };

  @Test
  void goldenRequests_areAllDecidedAsTheNodeEngineDoes() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    int decided = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    UpdateDecisionTest.class.getResourceAsStream("/golden/decisions.jsonl.gz")),
                StandardCharsets.UTF_8))) {
      String line;
      while ((line = lines.readLine()) != null) {
        JsonNode row = mapper.readTree(line);
        List<Bundle> bundles = new ArrayList<>();
        row.path("bundles").forEach(json -> bundles.add(BundleJson.read(json)));
        try (Catalogue catalogue = new Catalogue(bundles)) {
          for (JsonNode request : row.path("requests")) {
            UpdateDecision decision = catalogue.bundles.decide(check(request));
            assertEquals(expected(request.path("expect")), describe(decision), request::toString);
            decided++;
          }
        }
      }
    }
    assertEquals(7_200, decided);
  }

  @Test
  void randomRequests_areAllDecidedAsTheNaiveImplementationDoes() {
    long seed = Long.getLong("hotupdater.seed", System.nanoTime());
    Random random = new Random(seed);
    System.out.println("UpdateDecisionTest: -Dhotupdater.seed=" + seed);
    int updates = 0;
    for (int i = 0; i < RANDOM_CASES / CHECKS_PER_CATALOGUE; i++) {
      List<NaiveUpdateCheck.Candidate> candidates = new ArrayList<>();
      int size = random.nextInt(40);
      for (int number = 1; number <= size; number++) {
        candidates.add(candidate(random, number));
      }
      try (Catalogue catalogue =
          new Catalogue(candidates.stream().map(UpdateDecisionTest::bundle).toList())) {
        for (int j = 0; j < CHECKS_PER_CATALOGUE; j++) {
          NaiveUpdateCheck.Request request = request(random);
          String expected = NaiveUpdateCheck.decide(candidates, request);
          UpdateDecision decision = catalogue.bundles.decide(check(request));
          assertEquals(
              expected, describe(decision), () -> "seed " + seed + ": " + request + candidates);
          updates += expected.startsWith("UPDATE") ? 1 : 0;
        }
      }
    }
    // If nearly all answers were the same, the comparison would prove little.
    assertTrue(updates > RANDOM_CASES / 10, "only " + updates + " updates");
  }

  /** A catalogue over a database that holds these bundles. */
  private static final class Catalogue implements AutoCloseable {
    private final BundleCatalog catalog;
    private final Bundles bundles;

    Catalogue(List<Bundle> content) {
      InMemoryDatabase database = InMemoryDatabase.create();
      database
          .bundles(RequestContext.none())
          .commit(content.stream().map(BundleWrite::put).toList());
      catalog = BundleCatalog.start(database, Freshness.polling());
      bundles = Bundles.of(catalog, database, RequestContext.none());
    }

    @Override
    public void close() {
      catalog.close();
    }
  }

  private static NaiveUpdateCheck.Candidate candidate(Random random, int number) {
    boolean byVersion = random.nextInt(4) > 0;
    boolean byPrint = !byVersion || random.nextInt(8) == 0;
    return new NaiveUpdateCheck.Candidate(
        id(number),
        random.nextBoolean() ? "ios" : "android",
        pick(random, CHANNELS),
        random.nextInt(5) > 0,
        byVersion ? pick(random, RANGES) : null,
        byPrint ? pick(random, PRINTS) : null,
        random.nextInt(3) == 0 ? null : new int[] {0, 1, 137, 500, 999, 1000}[random.nextInt(6)],
        random.nextInt(3) == 0
            ? List.of(pick(random, new String[] {"qa", "137", "dogfood"}))
            : null,
        random.nextBoolean());
  }

  private static NaiveUpdateCheck.Request request(Random random) {
    boolean byVersion = random.nextInt(4) > 0;
    return new NaiveUpdateCheck.Request(
        random.nextBoolean() ? "ios" : "android",
        pick(random, CHANNELS),
        random.nextInt(3) > 0 ? id(0) : id(random.nextInt(40)),
        random.nextInt(3) == 0 ? id(0) : id(random.nextInt(45)),
        byVersion ? pick(random, VERSIONS) : null,
        byVersion ? null : pick(random, PRINTS),
        random.nextInt(4) == 0 ? null : pick(random, COHORTS));
  }

  private static String id(int number) {
    return number == 0
        ? BundleId.NIL.toString()
        : String.format(Locale.ROOT, "01900000-00%02x-7000-8000-%012x", number, number * 7919L);
  }

  private static <T> T pick(Random random, T[] from) {
    return from[random.nextInt(from.length)];
  }

  private static Bundle bundle(NaiveUpdateCheck.Candidate candidate) {
    return Bundle.builder()
        .id(BundleId.of(candidate.id()))
        .platform(Platform.fromWireName(candidate.platform()).orElseThrow())
        .channel(candidate.channel())
        .enabled(candidate.enabled())
        .shouldForceUpdate(candidate.shouldForceUpdate())
        .fileHash("hash")
        .storageUri("https://cdn.test/bundle.zip")
        .targetAppVersion(Optional.ofNullable(candidate.targetAppVersion()))
        .fingerprintHash(Optional.ofNullable(candidate.fingerprintHash()))
        .rollout(map(candidate.rolloutCohortCount(), Rollout::of).orElse(Rollout.FULL))
        .targetCohorts(map(candidate.targetCohorts(), c -> c.stream().map(Cohort::of).toList()))
        .build();
  }

  private static <A, B> Optional<B> map(@Nullable A value, Function<A, B> function) {
    return value == null ? Optional.empty() : Optional.of(function.apply(value));
  }

  private static UpdateCheck check(NaiveUpdateCheck.Request request) {
    Platform platform = Platform.fromWireName(request.platform()).orElseThrow();
    String version = request.appVersion();
    String print = request.fingerprintHash();
    return (version != null
            ? UpdateCheck.ofAppVersion(platform, version)
            : UpdateCheck.ofFingerprint(platform, print == null ? "" : print))
        .channel(request.channel())
        .minBundleId(BundleId.of(request.minBundleId()))
        .bundleId(BundleId.of(request.bundleId()))
        .cohort(map(request.cohort(), Cohort::of))
        .build();
  }

  private static UpdateCheck check(JsonNode request) {
    Platform platform = Platform.fromWireName(request.path("platform").textValue()).orElseThrow();
    return (request.has("appVersion")
            ? UpdateCheck.ofAppVersion(platform, request.path("appVersion").textValue())
            : UpdateCheck.ofFingerprint(platform, request.path("fingerprintHash").textValue()))
        .channel(request.path("channel").textValue())
        .minBundleId(BundleId.of(request.path("minBundleId").textValue()))
        .bundleId(BundleId.of(request.path("bundleId").textValue()))
        .cohort(map(request.path("cohort").textValue(), Cohort::of))
        .build();
  }

  private static String expected(JsonNode expect) {
    return expect.isNull()
        ? "NONE"
        : expect.path("status").textValue() + " " + expect.path("id").textValue();
  }

  private static String describe(UpdateDecision decision) {
    if (decision instanceof UpdateDecision.Update) {
      return "UPDATE " + ((UpdateDecision.Update) decision).bundle().id();
    }
    if (decision instanceof UpdateDecision.Rollback) {
      return "ROLLBACK " + ((UpdateDecision.Rollback) decision).bundle().id();
    }
    return decision instanceof UpdateDecision.RollbackToBuiltIn
        ? "ROLLBACK " + BundleId.NIL
        : "NONE";
  }
}
