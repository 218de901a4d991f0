package dev.hotupdater.database;

import static java.util.stream.Collectors.toSet;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The records that a commit writes only if they are as it expects: it must not take one that cannot
 * be read for none. A second write of a record finds what the first one has left, so only the first
 * one counts. For those who write a database. Immutable.
 *
 * @param apps the ids of the apps
 * @param releases the ids of the releases
 */
public record ExpectedRecords(Set<String> apps, Set<String> releases) {
  /** Copies the sets. */
  public ExpectedRecords {
    apps = Set.copyOf(apps);
    releases = Set.copyOf(releases);
  }

  /** Those of a commit. */
  public static ExpectedRecords of(List<ReleaseWrite> writes) {
    Map<String, ReleaseWrite> apps = new HashMap<>();
    Map<String, ReleaseWrite> releases = new HashMap<>();
    for (ReleaseWrite write : writes) {
      if (write instanceof ReleaseWrite.PutApp put) {
        apps.putIfAbsent(put.app().id().value(), write);
      } else if (write instanceof ReleaseWrite.PutRelease put) {
        releases.putIfAbsent(put.release().id().value(), write);
      } else if (write instanceof ReleaseWrite.DeleteRelease delete) {
        releases.putIfAbsent(delete.id().value(), write);
      }
    }
    return new ExpectedRecords(expecting(apps), expecting(releases));
  }

  private static Set<String> expecting(Map<String, ReleaseWrite> first) {
    return first.entrySet().stream()
        .filter(each -> !(each.getValue().expected() instanceof ReleaseWrite.Anything))
        .map(Map.Entry::getKey)
        .collect(toSet());
  }
}
