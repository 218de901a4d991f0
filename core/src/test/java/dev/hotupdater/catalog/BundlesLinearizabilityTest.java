package dev.hotupdater.catalog;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleChange;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.Platform;
import dev.hotupdater.bundle.UpdateCheck;
import dev.hotupdater.bundle.UpdateDecision;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.InMemoryDatabase;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * Writes and decisions of one server are linearizable: each takes effect at one moment between its
 * call and its return, whichever threads they come from, although decisions are made from memory
 * and writes go to the database. So a decision that begins when a write has returned knows of it,
 * and of everything that this write knew of.
 *
 * <p>Lincheck makes up scenarios of three threads, executes each many times, and looks for an order
 * of the operations in which a simple model gives the same results. It makes up the same scenarios
 * in every run, and prints one that fails.
 */
@Param(name = "number", gen = IntGen.class, conf = "1:3")
public class BundlesLinearizabilityTest {
  private static final int SCENARIOS = 10;
  private static final int EXECUTIONS = 300;
  private static final Duration NEVER = Duration.ofHours(1);
  private static final UpdateCheck CHECK = UpdateCheck.ofAppVersion(Platform.IOS, "1.0.0").build();

  /** One for all executions, as each has a thread; the context says whose bundles are meant. */
  private static final TenantDatabase DATABASE = new TenantDatabase();

  private static final BundleCatalog CATALOG =
      BundleCatalog.start(DATABASE, Freshness.polling(NEVER, NEVER));
  private static final AtomicLong executions = new AtomicLong();

  private final Bundles bundles =
      Bundles.of(
          CATALOG,
          DATABASE,
          RequestContext.none()
              .with(TenantDatabase.ATTRIBUTE, InMemoryDatabase.create())
              .withCacheKey("execution-" + executions.incrementAndGet()));

  @Test
  void writesAndDecisions_areLinearizable() {
    new StressOptions()
        .threads(3)
        .actorsPerThread(3)
        .actorsBefore(1)
        .actorsAfter(1)
        .iterations(SCENARIOS)
        .invocationsPerIteration(EXECUTIONS)
        .sequentialSpecification(Model.class)
        .check(BundlesLinearizabilityTest.class);

    System.out.println("BundlesLinearizabilityTest: " + executions + " executions");
  }

  /** Lincheck calls this. */
  @Operation
  public void publish(@Param(name = "number") int number) {
    bundles.publish(
        Bundle.builder()
            .id(id(number))
            .platform(Platform.IOS)
            .fileHash("hash")
            .storageUri("https://cdn.test/bundle.zip")
            .targetAppVersion(Optional.of("1.x"))
            .build());
  }

  /** Lincheck calls this. */
  @Operation
  public void disable(@Param(name = "number") int number) {
    bundles.change(id(number), BundleChange.of(bundle -> bundle.enabled(false)));
  }

  /** Lincheck calls this. */
  @Operation
  public void delete(@Param(name = "number") int number) {
    bundles.delete(id(number));
  }

  /** Lincheck calls this. The number of the bundle that a device gets; 0 if it gets none. */
  @Operation
  public int decide() {
    UpdateDecision decision = bundles.decide(CHECK);
    if (decision instanceof UpdateDecision.Update) {
      String id = ((UpdateDecision.Update) decision).bundle().id().toString();
      return Integer.parseInt(id.substring(id.length() - 1));
    }
    return 0;
  }

  private static BundleId id(int number) {
    return BundleId.of(String.format(Locale.ROOT, "0199a000-0000-7000-8000-%012d", number));
  }

  /** What one thread would see that does everything alone. */
  public static final class Model {
    private final TreeMap<Integer, Boolean> enabled = new TreeMap<>();

    /** A bundle is there and enabled. */
    public void publish(int number) {
      enabled.put(number, true);
    }

    /** A bundle is not enabled any more, if it is there. */
    public void disable(int number) {
      enabled.replace(number, false);
    }

    /** A bundle is gone. */
    public void delete(int number) {
      enabled.remove(number);
    }

    /** The greatest number of an enabled bundle. */
    public int decide() {
      return enabled.descendingMap().entrySet().stream()
          .filter(Map.Entry::getValue)
          .map(Map.Entry::getKey)
          .findFirst()
          .orElse(0);
    }
  }
}
