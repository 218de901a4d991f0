package dev.hotupdater.s3.database;

import dev.hotupdater.s3.database.EventIds.EventId;
import dev.hotupdater.s3.database.FactCursor.FactObject;
import dev.hotupdater.s3.database.RecordedFact.Told;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds old events and leaves each in one object alone, so that it is gone when it is deleted
 * there. An event has copies elsewhere if it was told again, or merged by two servers. For one
 * search.
 */
final class ExpirySearch {
  private final FactObjects objects;
  private final Expiry expiry;
  private final EventIds ids = new EventIds();
  private final Set<FactName> found = new LinkedHashSet<>();

  /** The objects, as they are now, in which no old event is a copy. */
  private final Set<FactName> searched = new HashSet<>();

  ExpirySearch(FactObjects objects, Expiry expiry) {
    this.objects = objects;
    this.expiry = expiry;
  }

  /** The objects with old events: all of them, or those with as many events as are enough. */
  Set<FactName> find(int enough) {
    FactCursor old = FactCursor.all(objects, expiry::mayBeIn);
    while (ids.size() < enough && old.hasNext()) {
      search(old.next());
    }
    if (ids.size() > 0) {
      FactCursor.all(objects, this::mayHaveCopies).forEachRemaining(this::removeCopies);
    }
    return found;
  }

  private void search(FactObject object) {
    if (searched.contains(object.name())) {
      return;
    }
    int before = ids.size();
    Optional<FactName> left =
        keep(object, fact -> !expiry.includes(fact) || ids.add(EventId.of(((Told) fact).event())));
    if (ids.size() > before) {
      left.ifPresent(found::add);
    }
  }

  private boolean mayHaveCopies(FactName name) {
    return name.hasAny(expiry.kinds()) && !(searched.contains(name) && expiry.coversAllOf(name));
  }

  private void removeCopies(FactObject object) {
    boolean isSearched = searched.contains(object.name());
    Optional<FactName> left =
        keep(object, fact -> !isFound(fact) || isSearched && expiry.includes(fact));
    if (found.remove(object.name())) {
      left.ifPresent(found::add);
    }
  }

  private boolean isFound(RecordedFact fact) {
    return fact instanceof Told told && ids.contains(EventId.of(told.event()));
  }

  /** Leaves some facts in an object. Returns its name then; empty if nothing is left. */
  private Optional<FactName> keep(FactObject object, Predicate<RecordedFact> wanted) {
    List<RecordedFact> kept = new ArrayList<>();
    object.facts().stream().filter(wanted).forEach(kept::add);
    Optional<FactName> left =
        kept.size() == object.facts().size()
            ? Optional.of(object.name())
            : objects.replace(object.name(), kept);
    left.ifPresent(searched::add);
    return left;
  }
}
