package dev.hotupdater.s3.database;

import dev.hotupdater.s3.database.MetadataBucket.Fetched;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Lists, reads, writes and deletes the objects with facts. Safe for use by many threads. */
final class FactObjects {
  private static final long CACHED_BYTES = 8L * 1024 * 1024;
  private static final String ONE_CONTENT = "";
  private static final String GZIP = "application/gzip";

  private final MetadataBucket bucket;
  private final String prefix;
  private final UnreadableFacts unreadable = new UnreadableFacts();
  private final ContentCache<Fetched.Found> cache = new ContentCache<>(CACHED_BYTES);

  FactObjects(MetadataBucket bucket, MetadataLayout layout) {
    this.bucket = bucket;
    prefix = layout.factsPrefix();
  }

  /**
   * An object as a listing shows it.
   *
   * @param name its name
   * @param modified when it was written, by the store's clock
   */
  record Listed(FactName name, Instant modified) {}

  /**
   * A part of a listing.
   *
   * @param objects what is in it
   * @param next behind which name the next part begins; empty if there is none
   */
  record Page(List<Listed> objects, Optional<String> next) {}

  /** The first objects with a name behind this text. */
  Page page(String after) {
    ListObjectsV2Response answer = bucket.page(prefix, Optional.of(prefix + after));
    List<Listed> listed = new ArrayList<>();
    for (S3Object object : answer.contents()) {
      FactName.parse(object.key().substring(prefix.length()))
          .ifPresentOrElse(
              name -> listed.add(new Listed(name, object.lastModified())),
              () -> unreadable.report(object.key(), "has a name that means nothing here"));
    }
    return new Page(listed, next(answer));
  }

  private Optional<String> next(ListObjectsV2Response answer) {
    List<S3Object> objects = answer.contents();
    return Boolean.TRUE.equals(answer.isTruncated()) && !objects.isEmpty()
        ? Optional.of(objects.get(objects.size() - 1).key().substring(prefix.length()))
        : Optional.empty();
  }

  /** All objects with a name behind this text, in the order of their names. */
  List<Listed> list(String after) {
    List<Listed> all = new ArrayList<>();
    Optional<String> position = Optional.of(after);
    while (position.isPresent()) {
      Page page = page(position.get());
      all.addAll(page.objects());
      position = page.next();
    }
    return all;
  }

  Fetched fetch(FactName name) {
    return bucket.fetch(key(name));
  }

  /** What {@link #fetchAndRemember} found; empty if that is not in memory. */
  Optional<Fetched> remembered(FactName name) {
    return cache.get(key(name), ONE_CONTENT).map(found -> found);
  }

  /** Reads an object that is soon read again. */
  Fetched fetchAndRemember(FactName name) {
    Fetched fetched = fetch(name);
    if (fetched instanceof Fetched.Found found) {
      cache.put(key(name), ONE_CONTENT, found, found.body().length);
    }
    return fetched;
  }

  /** The facts of an object; empty if there are none to be read. */
  Optional<List<RecordedFact>> facts(FactName name, Fetched fetched) {
    if (fetched instanceof Fetched.Found found) {
      try {
        return Optional.of(FactText.read(found.body()));
      } catch (IOException | RuntimeException e) {
        unreadable.report(key(name), "makes no sense to this version");
      }
    } else if (fetched instanceof Fetched.Unusable) {
      unreadable.report(key(name), "is archived or too large");
    }
    return Optional.empty();
  }

  /** Whether it was there once, and could not be read. */
  boolean isUnreadable(FactName name) {
    return unreadable.has(key(name));
  }

  int unreadable() {
    return unreadable.count();
  }

  /**
   * Writes an object.
   *
   * @param order its place, which no fact in it is behind
   */
  void write(FactOrder order, List<RecordedFact> facts) {
    byte[] content = FactText.compress(FactText.lines(facts));
    bucket.create(key(FactName.of(order, facts)), content, GZIP);
  }

  /**
   * Writes an object behind the one that it replaces, so that readers on their way find it. Its
   * name tells its content: two servers that replace the same write one object.
   */
  FactName writeBehind(FactName replaced, List<RecordedFact> facts) {
    byte[] lines = FactText.lines(facts);
    FactOrder order = FactOrder.of(replaced.order().millis() + 1, TextDigest.of(lines));
    FactName name = FactName.of(order, facts);
    bucket.createUnlessThere(key(name), FactText.compress(lines), GZIP);
    return name;
  }

  /**
   * Leaves some of its facts in an object.
   *
   * @return its name then; empty if none are left
   */
  Optional<FactName> replace(FactName name, List<RecordedFact> kept) {
    Optional<FactName> left =
        kept.isEmpty() ? Optional.empty() : Optional.of(writeBehind(name, kept));
    delete(name);
    return left;
  }

  void delete(FactName name) {
    bucket.delete(key(name));
  }

  private String key(FactName name) {
    return prefix + name;
  }
}
