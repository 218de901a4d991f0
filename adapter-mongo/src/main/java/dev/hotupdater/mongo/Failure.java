package dev.hotupdater.mongo;

import com.mongodb.DuplicateKeyException;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoServerUnavailableException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.DatabaseUnavailableException;
import java.util.Set;

/** What went wrong, from what the driver throws. Its messages have hosts, but no credentials. */
final class Failure {
  private static final int DUPLICATE_KEY = 11000;
  private static final int UNAUTHORIZED = 13;
  private static final Set<Integer> TOO_LARGE = Set.of(10334, 17280, 17419, 17420);

  /** The server could not read at one point in time any more, or never can. */
  private static final Set<Integer> NO_SNAPSHOT = Set.of(20, 72, 123, 239, 246);

  /** Shutdown, failover, lock and time limits, and a write that another one was in the way of. */
  private static final Set<Integer> PASSING =
      Set.of(
          24, 46, 50, 64, 89, 91, 100, 112, 189, 202, 251, 262, 317, 9001, 10107, 11600, 11602,
          13435, 13436);

  private Failure() {}

  /** Whether a document could not be created because there is one. */
  static boolean isDuplicate(MongoException e) {
    if (e instanceof MongoBulkWriteException bulk) {
      return bulk.getWriteErrors().stream().anyMatch(error -> error.getCode() == DUPLICATE_KEY);
    }
    return e instanceof DuplicateKeyException || e.getCode() == DUPLICATE_KEY;
  }

  /** Whether everything else was written that was to be written at the same time. */
  static boolean isOfDuplicatesAlone(MongoBulkWriteException e) {
    return e.getWriteConcernError() == null
        && e.getWriteErrors().stream().allMatch(error -> error.getCode() == DUPLICATE_KEY);
  }

  /** Whether it may work when it is done again without a session. */
  static boolean isOfSnapshot(MongoException e) {
    return e instanceof MongoCommandException && NO_SNAPSHOT.contains(e.getCode());
  }

  /** Whether it may work later. */
  static boolean isPassing(MongoException e) {
    return e instanceof MongoTimeoutException
        || e instanceof MongoOperationTimeoutException
        || e instanceof MongoExecutionTimeoutException
        || e instanceof MongoSocketException
        || e instanceof MongoNotPrimaryException
        || e instanceof MongoNodeIsRecoveringException
        || e instanceof MongoConnectionPoolClearedException
        || e instanceof MongoServerUnavailableException
        || e instanceof MongoInterruptedException
        || e instanceof MongoWriteConcernException
        || e.hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL)
        || e.hasErrorLabel(MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT_LABEL)
        || PASSING.contains(e.getCode());
  }

  /** The exception that says what to do. */
  static DatabaseException exception(MongoException e) {
    String code = e.getCode() > 0 ? " (code " + e.getCode() + ")" : "";
    if (e instanceof MongoSecurityException || e.getCode() == 18) {
      return new DatabaseException(
          "MongoDB refused the credentials" + code + ". Check user, password and authSource.", e);
    }
    if (e.getCode() == UNAUTHORIZED) {
      return new DatabaseException(
          "The user may not do this in MongoDB"
              + code
              + ". Give it the role readWrite on the database.",
          e);
    }
    if (TOO_LARGE.contains(e.getCode())) {
      return tooLarge(e);
    }
    if (isPassing(e)) {
      return new DatabaseUnavailableException(
          "MongoDB could not be reached or did not answer in time"
              + code
              + ". Check that it is running and can be reached from here.",
          e);
    }
    return new DatabaseException(
        "Working with MongoDB failed: " + e.getClass().getSimpleName() + code + ".", e);
  }

  /** The exception for a commit that does not fit into a document. */
  static DatabaseException tooLarge(RuntimeException e) {
    return new DatabaseException(
        "The commit is larger than MongoDB takes at once, which is 16 MB. Divide it into smaller"
            + " ones.",
        e);
  }

  /** The exception for what is not the driver's own; the driver checks arguments this way. */
  static DatabaseException exception(IllegalStateException e) {
    return new DatabaseException(
        "The MongoClient cannot be used: it was closed, or its connection settings exclude each"
            + " other.",
        e);
  }
}
