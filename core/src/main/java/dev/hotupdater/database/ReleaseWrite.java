package dev.hotupdater.database;

import dev.hotupdater.release.App;
import dev.hotupdater.release.RecordRevision;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import java.util.Optional;

/** One write of a commit to a {@link ReleaseStore}. */
public sealed interface ReleaseWrite {
  /**
   * What the record must be at the time of the commit, so that nothing which was written in between
   * is lost.
   */
  Expectation expected();

  /** What a write expects to find. */
  sealed interface Expectation {
    /** Whether a record is as expected, by its revision; empty if there is none. */
    boolean isMetBy(Optional<RecordRevision> stored);
  }

  /** Whatever is stored. */
  record Anything() implements Expectation {
    @Override
    public boolean isMetBy(Optional<RecordRevision> stored) {
      return true;
    }
  }

  /** No such record. */
  record Absence() implements Expectation {
    @Override
    public boolean isMetBy(Optional<RecordRevision> stored) {
      return stored.isEmpty();
    }
  }

  /**
   * A record of this revision.
   *
   * @param revision the revision
   */
  record Unchanged(RecordRevision revision) implements Expectation {
    @Override
    public boolean isMetBy(Optional<RecordRevision> stored) {
      return stored.equals(Optional.of(revision));
    }
  }

  /**
   * Creates or replaces an app.
   *
   * @param app what is stored afterwards
   * @param expected see {@link ReleaseWrite#expected()}
   */
  record PutApp(App app, Expectation expected) implements ReleaseWrite {}

  /**
   * Creates or replaces a release.
   *
   * @param release what is stored afterwards
   * @param expected see {@link ReleaseWrite#expected()}
   */
  record PutRelease(Release release, Expectation expected) implements ReleaseWrite {}

  /**
   * Deletes a release.
   *
   * @param id its id
   * @param expected see {@link ReleaseWrite#expected()}
   */
  record DeleteRelease(ReleaseId id, Expectation expected) implements ReleaseWrite {}

  /** Creates an app that must not exist yet. */
  static ReleaseWrite create(App app) {
    return new PutApp(app, new Absence());
  }

  /** Replaces an app that still is what the caller has read. */
  static ReleaseWrite replace(App app, App read) {
    return new PutApp(app, new Unchanged(RecordRevision.of(read)));
  }

  /** Creates a release that must not exist yet. */
  static ReleaseWrite create(Release release) {
    return new PutRelease(release, new Absence());
  }

  /** Replaces a release that still is what the caller has read. */
  static ReleaseWrite replace(Release release, Release read) {
    return new PutRelease(release, new Unchanged(RecordRevision.of(read)));
  }

  /** Deletes a release that still is what the caller has read. */
  static ReleaseWrite delete(Release read) {
    return new DeleteRelease(read.id(), new Unchanged(RecordRevision.of(read)));
  }

  /** Creates an app, or replaces it whole, whatever is stored. */
  static ReleaseWrite put(App app) {
    return new PutApp(app, new Anything());
  }

  /** Creates a release, or replaces it whole, whatever is stored. */
  static ReleaseWrite put(Release release) {
    return new PutRelease(release, new Anything());
  }

  /** Deletes a release, whatever is stored. */
  static ReleaseWrite delete(ReleaseId id) {
    return new DeleteRelease(id, new Anything());
  }
}
