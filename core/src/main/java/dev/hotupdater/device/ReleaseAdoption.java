package dev.hotupdater.device;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseVersion;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far a release has come on the devices. A device that has told several outcomes counts in each
 * of them.
 *
 * @param channel its channel
 * @param release its identity
 * @param version its version
 * @param downloaded on how many devices its bytes have arrived
 * @param installed on how many the app runs with it, or has run
 * @param notInstalled on how many its bytes have not arrived, or were not as they should be
 * @param failed on how many the app did not work with it
 */
public record ReleaseAdoption(
    String channel,
    ReleaseId release,
    String version,
    long downloaded,
    long installed,
    long notInstalled,
    long failed) {
  private static final Comparator<Optional<ReleaseVersion>> NEWEST_FIRST =
      (left, right) ->
          left.isPresent() && right.isPresent()
              ? right.get().compareTo(left.get())
              : Boolean.compare(right.isPresent(), left.isPresent());
  private static final Comparator<ReleaseAdoption> ORDER =
      Comparator.comparing(ReleaseAdoption::channel)
          .thenComparing(each -> ReleaseVersion.parse(each.version()), NEWEST_FIRST)
          .thenComparing(ReleaseAdoption::version)
          .thenComparing(ReleaseAdoption::release);

  private record Key(String channel, ReleaseId release, String version) {
    static Key of(OutcomeCount count) {
      return new Key(count.channel(), count.release(), count.version());
    }
  }

  /**
   * The releases that were counted, sorted by channel, and in each from the newest version to the
   * oldest; what is no version comes last.
   */
  public static List<ReleaseAdoption> of(Collection<OutcomeCount> counts) {
    Map<Key, Map<DeviceOutcome, Long>> byRelease =
        counts.stream()
            .collect(
                groupingBy(
                    Key::of,
                    groupingBy(OutcomeCount::outcome, summingLong(OutcomeCount::devices))));
    return byRelease.entrySet().stream()
        .map(entry -> of(entry.getKey(), entry.getValue()))
        .sorted(ORDER)
        .toList();
  }

  private static ReleaseAdoption of(Key key, Map<DeviceOutcome, Long> devices) {
    return new ReleaseAdoption(
        key.channel(),
        key.release(),
        key.version(),
        devices.getOrDefault(DeviceOutcome.DOWNLOADED, 0L),
        devices.getOrDefault(DeviceOutcome.INSTALLED, 0L),
        devices.getOrDefault(DeviceOutcome.NOT_INSTALLED, 0L),
        devices.getOrDefault(DeviceOutcome.FAILED, 0L));
  }
}
