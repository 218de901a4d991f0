package dev.hotupdater.s3.database;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.s3.database.MetadataListing.Listed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The objects of the database as one reader or writer knows them. For one thread. */
final class StoredObjects {
  /**
   * One of several copies wins: the one in the object that its own fields name, then the one that
   * was written last, then the one with the greater key.
   */
  private static final Comparator<Copy> WINNER_LAST =
      Comparator.comparing(Copy::isInPlace)
          .thenComparing(copy -> copy.listed().modified())
          .thenComparing(copy -> copy.listed().key());

  private final MetadataLayout layout;
  private final Map<String, Updates> updates = new TreeMap<>();
  private final Map<String, Listed> targetLists = new TreeMap<>();

  StoredObjects(MetadataLayout layout) {
    this.layout = layout;
  }

  /**
   * An object with bundles.
   *
   * @param listed where it is
   * @param file its content; absent if it cannot be read
   */
  record Updates(Listed listed, Optional<UpdateFile> file) {}

  /** A bundle in an object. */
  private record Copy(Bundle bundle, Listed listed, boolean isInPlace) {}

  void put(Updates object) {
    updates.put(object.listed().key(), object);
  }

  void putTargetList(Listed listed) {
    targetLists.put(listed.key(), listed);
  }

  void remove(String key) {
    updates.remove(key);
    targetLists.remove(key);
  }

  Optional<Updates> updates(String key) {
    return Optional.ofNullable(updates.get(key));
  }

  Optional<Listed> targetList(String key) {
    return Optional.ofNullable(targetLists.get(key));
  }

  /** The bundles, each of them once. */
  Map<BundleId, Bundle> bundles() {
    Map<BundleId, Copy> winners = new TreeMap<>();
    for (Copy copy : copies()) {
      winners.merge(
          copy.bundle().id(),
          copy,
          (one, other) -> WINNER_LAST.compare(one, other) > 0 ? one : other);
    }
    Map<BundleId, Bundle> bundles = new TreeMap<>();
    winners.forEach((id, copy) -> bundles.put(id, copy.bundle()));
    return bundles;
  }

  /** How many objects, and bundles in others, make no sense or cannot be read. */
  int unreadable() {
    return updates.values().stream()
        .mapToInt(object -> object.file().map(UpdateFile::unreadable).orElse(1))
        .sum();
  }

  private List<Copy> copies() {
    List<Copy> copies = new ArrayList<>();
    for (Updates object : updates.values()) {
      String key = object.listed().key();
      for (Bundle bundle : object.file().orElse(UpdateFile.EMPTY).bundles()) {
        copies.add(new Copy(bundle, object.listed(), layout.updatesKey(bundle).equals(key)));
      }
    }
    return copies;
  }

  /** The keys of the objects that have anything with one of these ids. */
  Set<String> keysOf(Set<BundleId> ids) {
    Set<String> keys = new TreeSet<>();
    for (Updates object : updates.values()) {
      if (object.file().orElse(UpdateFile.EMPTY).hasAnyOf(ids)) {
        keys.add(object.listed().key());
      }
    }
    return keys;
  }

  /** Where any copy of one of these bundles is published to. */
  Set<ReleaseLine> linesOf(Set<BundleId> ids) {
    Set<ReleaseLine> lines = new TreeSet<>(ReleaseLine.ORDER);
    for (Copy copy : copies()) {
      if (ids.contains(copy.bundle().id())) {
        lines.add(ReleaseLine.of(copy.bundle()));
      }
    }
    return lines;
  }

  /**
   * The targets in use: of those that are known already the ones that have an object, in their
   * order, then the others.
   */
  List<String> targets(ReleaseLine line, List<String> known) {
    List<String> targets = new ArrayList<>();
    for (String target : known) {
      String key = layout.updatesKey(line, TargetText.normalise(target));
      if (updates(key).filter(object -> !isEmpty(object)).isPresent()) {
        targets.add(target);
      }
    }
    for (Copy copy : copies()) {
      if (ReleaseLine.of(copy.bundle()).equals(line)) {
        TargetText.appVersion(copy.bundle())
            .filter(target -> !targets.contains(target))
            .ifPresent(targets::add);
      }
    }
    return targets;
  }

  private static boolean isEmpty(Updates object) {
    return object.file().isPresent() && object.file().get().isEmpty();
  }
}
