package dev.hotupdater.cleanup;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.storage.IncompleteDeletionException;
import dev.hotupdater.storage.ObjectSummary;
import dev.hotupdater.storage.Storage;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.WritableStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Deletes stored objects that no bundle refers to, on every storage that can be written to. An
 * archive, a manifest and a patch are kept while a bundle names them; a file of a bundle is kept
 * while any bundle's manifest names it. Objects that were written lately are kept, since their
 * bundle may still be on its way; so is everything, if a manifest or a bundle cannot be read.
 *
 * <p>Only the folders in which deploying puts objects are looked at, {@code bundles/<id>/} and
 * {@code assets/sha256/} below the base path of each storage, so other objects in a bucket are
 * safe. But the bundles of <em>another database</em> whose files are in the same bucket below the
 * same base path are not known here: their files would be taken for ones that nobody needs. The
 * bundles are read once more right before objects are deleted. Still, a deployment finds that a
 * file exists, and does not upload it again, a moment before its bundle is recorded; so run this
 * while nobody deploys.
 *
 * <p>Safe for use by many threads; each call is one cleanup and takes as long as it takes to list
 * the objects and to read all manifests.
 */
public final class StorageCleanup {
  /** How long objects are kept at least, whoever refers to them. */
  public static final Duration MINIMUM_AGE = Duration.ofHours(24);

  private static final String BUNDLES = "bundles/";
  private static final List<String> FOLDERS = List.of(BUNDLES, "assets/sha256/");
  private static final int BATCH = 1_000;

  private final Backend backend;
  private final List<RequestContext> contexts;
  private final Duration minimumAge;

  private StorageCleanup(Builder builder) {
    backend = builder.backend;
    contexts = builder.contexts.isEmpty() ? List.of(RequestContext.none()) : builder.contexts;
    minimumAge = builder.minimumAge;
  }

  /** A cleanup of the storages of a server without tenants. */
  public static StorageCleanup of(Backend backend) {
    return builder(backend).build();
  }

  /** A builder. */
  public static Builder builder(Backend backend) {
    return new Builder(backend);
  }

  /**
   * Finds what would be deleted, and deletes nothing.
   *
   * @throws StorageException if a manifest cannot be read, or a storage cannot be listed
   * @throws dev.hotupdater.database.DatabaseException if the bundles cannot be read
   */
  public CleanupReport find() {
    return new Search().run();
  }

  /**
   * Deletes what no bundle refers to. What cannot be deleted is in the report.
   *
   * @throws StorageException if a manifest cannot be read, or a storage cannot be listed; what has
   *     not been deleted by then is kept
   * @throws dev.hotupdater.database.DatabaseException if the bundles cannot be read
   */
  public CleanupReport delete() {
    Search search = new Search();
    search.run();
    return search.delete();
  }

  /** A folder {@code bundles} may hold other things than bundles, such as a channel's metadata. */
  private static boolean isOfADeployment(ObjectSummary object) {
    String key = object.uri().key();
    int folder = key.lastIndexOf(BUNDLES);
    if (folder < 0) {
      return true;
    }
    String[] segments = key.substring(folder + BUNDLES.length()).split("/", 2);
    return segments.length == 2 && BundleId.parse(segments[0]).isPresent();
  }

  /** One cleanup. */
  private final class Search {
    private final References references = new References(backend, contexts);
    private final Instant youngerThan = backend.storage().clock().instant().minus(minimumAge);
    private final Set<StorageUri> seen = new HashSet<>();
    private final List<Place> places = new ArrayList<>();
    private long referenced;
    private long young;

    /** A storage as one context sees it, and what was found there. */
    private record Place(
        WritableStorage storage, RequestContext context, List<ObjectSummary> found) {}

    CleanupReport run() {
      references.update();
      if (references.isEmpty()) {
        throw new StorageException(
            "The database has no bundle at all, so every object would be deleted. Check that it is"
                + " the right database; if it is, empty the storage by hand.");
      }
      for (Storage storage : backend.storage().storages().all()) {
        if (storage instanceof WritableStorage) {
          contexts.forEach(context -> list((WritableStorage) storage, context));
        }
      }
      return report(found(), Map.of());
    }

    private void list(WritableStorage storage, RequestContext context) {
      List<ObjectSummary> found = new ArrayList<>();
      for (String folder : FOLDERS) {
        try (Stream<ObjectSummary> objects = storage.list(folder, context)) {
          objects.filter(StorageCleanup::isOfADeployment).filter(this::isToGo).forEach(found::add);
        }
      }
      places.add(new Place(storage, context, found));
    }

    private boolean isToGo(ObjectSummary object) {
      if (!seen.add(object.uri())) {
        return false;
      }
      if (references.contain(object.uri())) {
        referenced++;
        return false;
      }
      if (object.lastModified().isAfter(youngerThan)) {
        young++;
        return false;
      }
      return true;
    }

    CleanupReport delete() {
      List<ObjectSummary> unreferenced = new ArrayList<>();
      Map<StorageUri, String> failures = new HashMap<>();
      places.forEach(place -> delete(place, unreferenced, failures));
      return report(unreferenced, failures);
    }

    private void delete(
        Place place, List<ObjectSummary> unreferenced, Map<StorageUri, String> failures) {
      Optional<String> outage = Optional.empty();
      for (int start = 0; start < place.found().size(); start += BATCH) {
        int end = Math.min(start + BATCH, place.found().size());
        List<ObjectSummary> batch = place.found().subList(start, end);
        if (outage.isEmpty()) {
          // What is not going to be deleted need not be looked at again.
          batch = stillUnreferenced(batch);
          outage = deleteBatch(place, uris(batch), failures);
        } else {
          for (StorageUri uri : uris(batch)) {
            failures.put(uri, outage.get());
          }
        }
        unreferenced.addAll(batch);
      }
    }

    private static List<StorageUri> uris(List<ObjectSummary> objects) {
      return objects.stream().map(ObjectSummary::uri).toList();
    }

    /** Returns why the storage is not asked any more, if it can delete nothing now. */
    private Optional<String> deleteBatch(
        Place place, List<StorageUri> uris, Map<StorageUri, String> failures) {
      try {
        place.storage().deleteAll(uris, place.context());
        return Optional.empty();
      } catch (IncompleteDeletionException e) {
        failures.putAll(e.failures());
        return e.failures().keySet().containsAll(uris)
            ? Optional.of("Not tried, as none of the objects before it could be deleted.")
            : Optional.empty();
      } catch (StorageException e) {
        String message = String.valueOf(e.getMessage());
        uris.forEach(uri -> failures.put(uri, message));
        return Optional.of(message);
      }
    }

    private List<ObjectSummary> stillUnreferenced(List<ObjectSummary> objects) {
      references.update();
      List<ObjectSummary> unreferenced =
          objects.stream().filter(object -> !references.contain(object.uri())).toList();
      referenced += objects.size() - unreferenced.size();
      return unreferenced;
    }

    private List<ObjectSummary> found() {
      return places.stream().flatMap(place -> place.found().stream()).toList();
    }

    private CleanupReport report(
        List<ObjectSummary> unreferenced, Map<StorageUri, String> failures) {
      return new CleanupReport(referenced, young, unreferenced, failures);
    }
  }

  /** Builds a {@link StorageCleanup}. */
  public static final class Builder {
    private final Backend backend;
    private List<RequestContext> contexts = List.of();
    private Duration minimumAge = MINIMUM_AGE;

    private Builder(Backend backend) {
      this.backend = requireNonNull(backend, "backend");
    }

    /**
     * Sets the contexts of all tenants, where the database or a storage keeps them apart; the
     * default is one context without a tenant. An object is kept if a bundle of any of them refers
     * to it, so leave none out: its files would be taken for ones that nobody needs.
     */
    public Builder contexts(List<RequestContext> contexts) {
      this.contexts = List.copyOf(contexts);
      return this;
    }

    /**
     * Sets how long ago an object must have been written to be deleted; the default is {@link
     * #MINIMUM_AGE}.
     *
     * @throws IllegalArgumentException if it is shorter than that
     */
    public Builder minimumAge(Duration minimumAge) {
      if (minimumAge.compareTo(MINIMUM_AGE) < 0) {
        throw new IllegalArgumentException("minimumAge must be at least " + MINIMUM_AGE);
      }
      this.minimumAge = minimumAge;
      return this;
    }

    /** The cleanup. */
    public StorageCleanup build() {
      return new StorageCleanup(this);
    }
  }
}
