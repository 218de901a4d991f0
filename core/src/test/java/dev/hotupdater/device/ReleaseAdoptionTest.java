package dev.hotupdater.device;

import static dev.hotupdater.device.DeviceOutcome.DOWNLOADED;
import static dev.hotupdater.device.DeviceOutcome.FAILED;
import static dev.hotupdater.device.DeviceOutcome.INSTALLED;
import static dev.hotupdater.device.DeviceOutcome.NOT_INSTALLED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hotupdater.release.ReleaseId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReleaseAdoptionTest {
  private static OutcomeCount count(
      String channel, String version, DeviceOutcome outcome, long devices) {
    return new OutcomeCount(channel, release(version), version, outcome, devices);
  }

  private static ReleaseId release(String version) {
    return ReleaseId.parse(new UUID(7, version.hashCode()).toString()).orElseThrow();
  }

  @Test
  void ofNothing_isNothing() {
    assertEquals(List.of(), ReleaseAdoption.of(List.of()));
  }

  @Test
  void outcomes_areAddedUpForEachRelease() {
    List<ReleaseAdoption> adoption =
        ReleaseAdoption.of(
            List.of(
                count("stable", "1.0.0", FAILED, 4),
                count("stable", "1.0.0", DOWNLOADED, 100),
                count("beta", "1.0.0", INSTALLED, 7),
                count("stable", "1.0.0", INSTALLED, 90),
                count("stable", "1.0.0", NOT_INSTALLED, 3)));

    assertEquals(
        List.of(
            new ReleaseAdoption("beta", release("1.0.0"), "1.0.0", 0, 7, 0, 0),
            new ReleaseAdoption("stable", release("1.0.0"), "1.0.0", 100, 90, 3, 4)),
        adoption);
  }

  @Test
  void releases_areSortedByChannelAndFromTheNewestVersion() {
    List<String> sorted =
        ReleaseAdoption.of(
                List.of(
                    count("stable", "1.9.0", INSTALLED, 1),
                    count("stable", "no version", INSTALLED, 1),
                    count("stable", "1.10.0", INSTALLED, 1),
                    count("stable", "1.10.0-rc.1", INSTALLED, 1),
                    count("beta", "0.1.0", INSTALLED, 1),
                    count("stable", "also none", INSTALLED, 1)))
            .stream()
            .map(each -> each.channel() + " " + each.version())
            .toList();

    assertEquals(
        List.of(
            "beta 0.1.0",
            "stable 1.10.0",
            "stable 1.10.0-rc.1",
            "stable 1.9.0",
            "stable also none",
            "stable no version"),
        sorted);
  }
}
