package dev.hotupdater.s3.database;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.Platform;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which object holds what: the keys of the Node plugin, and our own beside them. */
final class MetadataLayout {
  private static final String UPDATES = "update.json";
  private static final String TARGETS = "target-app-versions.json";

  /** A folder that the Node plugin takes for no channel, as nothing in it is of a platform. */
  private static final String OWN_FOLDER = ".hotupdater/";

  private static final String RECORD_SUFFIX = ".json";

  private static final Pattern UPDATES_PATH =
      Pattern.compile("[^/]+/(?:ios|android)/[^/]+/update\\.json", Pattern.DOTALL);
  private static final Pattern TARGETS_PATH =
      Pattern.compile("[^/]+/(?:ios|android)/target-app-versions\\.json", Pattern.DOTALL);

  private final String prefix;

  /**
   * Creates the layout.
   *
   * @param prefix what all keys start with: empty, or ending with a slash
   */
  MetadataLayout(String prefix) {
    this.prefix = prefix;
  }

  /** What all keys start with: empty, or ending with a slash. */
  String prefix() {
    return prefix;
  }

  /** The object that this bundle belongs into. */
  String updatesKey(Bundle bundle) {
    return updatesKey(ReleaseLine.of(bundle), TargetText.of(bundle));
  }

  /** The object with the bundles of a target. */
  String updatesKey(ReleaseLine line, String target) {
    return folder(line) + KeySegment.of(target) + '/' + UPDATES;
  }

  /** The object with the list of targets. */
  String targetsKey(ReleaseLine line) {
    return folder(line) + TARGETS;
  }

  private String folder(ReleaseLine line) {
    Platform platform = line.platform();
    return prefix + KeySegment.of(line.channel()) + '/' + platform.wireName() + '/';
  }

  boolean isUpdatesKey(String key) {
    return key.startsWith(prefix) && UPDATES_PATH.matcher(key.substring(prefix.length())).matches();
  }

  boolean isTargetsKey(String key) {
    return key.startsWith(prefix) && TARGETS_PATH.matcher(key.substring(prefix.length())).matches();
  }

  /** The object with the journal. */
  String journalKey() {
    return prefix + OWN_FOLDER + "journal.json";
  }

  /** The object that lists all apps and releases. */
  String rootKey() {
    return releasesFolder() + "root.json";
  }

  /** The object with one app or release. */
  String recordKey(RecordName name) {
    return recordsPrefix() + name + RECORD_SUFFIX;
  }

  /** What the keys of all objects with an app or a release start with. */
  String recordsPrefix() {
    return releasesFolder() + "records/";
  }

  /** The app or release that an object has; empty if it is no such object. */
  Optional<RecordName> recordName(String key) {
    if (!key.startsWith(recordsPrefix()) || !key.endsWith(RECORD_SUFFIX)) {
      return Optional.empty();
    }
    int start = recordsPrefix().length();
    int end = key.length() - RECORD_SUFFIX.length();
    return Optional.of(key.substring(start, Math.max(start, end)))
        .filter(RecordName::isValid)
        .map(RecordName::new);
  }

  /** What the keys of all objects with what devices told start with. */
  String factsPrefix() {
    return prefix + OWN_FOLDER + "devices/facts/";
  }

  private String releasesFolder() {
    return prefix + OWN_FOLDER + "releases/";
  }

  /** An object that nobody else uses. */
  String scratchKey(String name) {
    return prefix + OWN_FOLDER + "probe-" + name + ".json";
  }
}
