package dev.hotupdater.catalog;

import static dev.hotupdater.fixture.DeviceFixture.APP;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hotupdater.database.DeviceStore;
import dev.hotupdater.device.ChannelAssignment;
import dev.hotupdater.device.DeviceEvent;
import dev.hotupdater.device.DeviceFact;
import dev.hotupdater.device.DeviceOutcome;
import dev.hotupdater.device.OutcomeCount;
import dev.hotupdater.release.AppId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RememberedCountsTest {
  private final ManualClock clock = new ManualClock();
  private final RememberedCounts counts = new RememberedCounts(clock);

  @ParameterizedTest
  @CsvSource({"0, 3000", "100, 3000", "2000, 18000", "30000, 270000", "120000, 300000"})
  void counts_areKeptNineTimesAsLongAsTheyTookToRead(long readMillis, long keptMillis) {
    SlowStore store = new SlowStore(Duration.ofMillis(readMillis));
    List<OutcomeCount> unused = counts.get("tenant", APP, store);

    clock.advance(Duration.ofMillis(keptMillis - 1));
    unused = counts.get("tenant", APP, store);
    assertEquals(1, store.reads);

    clock.advance(Duration.ofMillis(1));
    unused = counts.get("tenant", APP, store);
    assertEquals(2, store.reads);
  }

  private static final class ManualClock extends Clock {
    private Instant now = Instant.parse("2026-03-13T12:00:00Z");

    void advance(Duration duration) {
      now = now.plus(duration);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  /** One in which nothing is recorded, and counting that takes its time. */
  private final class SlowStore implements DeviceStore {
    private final Duration duration;
    private int reads;

    SlowStore(Duration duration) {
      this.duration = duration;
    }

    @Override
    public List<OutcomeCount> counts(AppId app) {
      reads++;
      clock.advance(duration);
      return List.of();
    }

    @Override
    public void record(Collection<DeviceEvent> events, Instant recordedAt) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void assign(ChannelAssignment assignment) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Stream<DeviceFact> changesSince(Instant moment) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int deleteBefore(Instant moment, Set<DeviceOutcome> outcomes, int limit) {
      throw new UnsupportedOperationException();
    }
  }
}
