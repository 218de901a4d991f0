package dev.hotupdater.s3.database;

import static dev.hotupdater.s3.database.ReleaseSamples.APP;
import static dev.hotupdater.s3.database.ReleaseSamples.commit;
import static dev.hotupdater.s3.database.ReleaseSamples.content;
import static dev.hotupdater.s3.database.ReleaseSamples.put;
import static dev.hotupdater.s3.database.ReleaseSamples.release;
import static dev.hotupdater.s3.database.ReleaseSamples.releaseId;
import static dev.hotupdater.s3.database.ReleaseSamples.releases;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.bundle.Metadata;
import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.DatabaseUnavailableException;
import dev.hotupdater.database.ReleaseConflictException;
import dev.hotupdater.database.ReleaseDatabase;
import dev.hotupdater.database.ReleaseWrite;
import dev.hotupdater.release.InvalidReleaseException;
import dev.hotupdater.release.Release;
import dev.hotupdater.s3.database.MetadataServer.MetadataTestBucket;
import dev.hotupdater.s3.database.ReleaseSamples.Content;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** Commits that meet others, get no answer, or cannot be made. */
@SuppressWarnings("NullAway.Init") // JUnit calls startServer before anything reads the field.
class S3ReleasesCommitTest {
  private static MetadataServer server;

  private MetadataTestBucket bucket;
  private ReleaseDatabase other;

  @BeforeAll
  static void startServer() throws Exception {
    server = MetadataServer.start();
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @BeforeEach
  void fillDatabase() {
    bucket = server.bucket();
    other = bucket.database();
    commit(other, ReleaseWrite.create(APP), ReleaseWrite.create(release(1)));
  }

  /** The writer finds its own commit, although it is no longer the newest. */
  @Test
  void answerThatIsLost_whileOthersCommit_isNoFailure() {
    ReleaseDatabase database =
        bucket.database(
            new LostAnswer(
                () -> {
                  put(other, release(1, "by another"));
                  put(other, release(3));
                }));

    commit(database, ReleaseWrite.create(release(2)));

    assertEquals(
        Content.of(List.of(APP), List.of(release(1, "by another"), release(2), release(3))),
        content(database));
  }

  @Test
  void requestThatWasTakenForRefused_andArrivesLate_isTheCommit() {
    ReleaseDatabase database = bucket.database(new LateRoot(bucket));

    commit(database, ReleaseWrite.create(release(2)));

    assertEquals(
        Content.of(List.of(APP), List.of(release(1), release(2))), content(bucket.database()));
  }

  @Test
  void rootThatOthersKeepReplacing_isGivenUpInTime() {
    ReleaseDatabase database =
        bucket.builder(new RefusedRoot()).commitTimeout(Duration.ofMillis(300)).build();

    DatabaseException e =
        assertThrows(DatabaseUnavailableException.class, () -> put(database, release(2)));

    assertTrue(String.valueOf(e.getMessage()).contains("300 ms"), e::toString);
    assertEquals(Content.of(List.of(APP), List.of(release(1))), content(bucket.database()));
  }

  /** Otherwise a record that another commit has swept could come into the root. */
  @Test
  void writerThatIsSuspendedForADay_doesNotCommitWhatItWroteBefore() {
    AtomicReference<Clock> clock = new AtomicReference<>(Clock.systemUTC());
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofHours(25));
    ReleaseDatabase sweeping = bucket.later(Duration.ofHours(25)).build();
    ExecutionInterceptor suspension =
        new ExecutionInterceptor() {
          @Override
          public void afterExecution(
              Context.AfterExecution context, ExecutionAttributes attributes) {
            if (context.request() instanceof PutObjectRequest
                && ((PutObjectRequest) context.request()).key().contains("/records/")) {
              clock.set(later);
              put(sweeping, release(3));
            }
          }
        };
    ReleaseDatabase database =
        bucket.builder(suspension).clock(new SettableClock(clock::get)).build();

    assertThrows(DatabaseUnavailableException.class, () -> put(database, release(2)));
    assertEquals(
        Content.of(List.of(APP), List.of(release(1), release(3))), content(bucket.database()));
    assertEquals(0, releases(bucket.database()).snapshot().unreadable());
  }

  @Test
  void release_thatBreaksARule_isNotWritten() {
    Release broken = release(2).toBuilder().notes("half \ud83d of a pair").build();

    assertThrows(InvalidReleaseException.class, () -> put(other, broken));

    assertEquals(Content.of(List.of(APP), List.of(release(1))), content(bucket.database()));
  }

  @Test
  void release_thatCouldNotBeReadAgain_isNotWritten() {
    ObjectNode tooLong =
        JsonNodeFactory.instance
            .objectNode()
            .set("n", BigIntegerNode.valueOf(BigInteger.TEN.pow(100)));
    Release unreadable = release(2).toBuilder().metadata(Metadata.of(tooLong)).build();

    DatabaseException e = assertThrows(DatabaseException.class, () -> put(other, unreadable));

    assertTrue(String.valueOf(e.getMessage()).contains(releaseId(2).value()), e::toString);
    assertEquals(Content.of(List.of(APP), List.of(release(1))), content(bucket.database()));
  }

  @Test
  void create_ofWhatAServerWithoutAnythingInMemoryDoesNotKnow_isAConflict() {
    ReleaseDatabase fresh = bucket.database();

    assertThrows(
        ReleaseConflictException.class, () -> commit(fresh, ReleaseWrite.create(release(1))));
    assertThrows(
        ReleaseConflictException.class,
        () -> commit(fresh, ReleaseWrite.replace(release(1, "b"), release(1, "a"))));
    commit(fresh, ReleaseWrite.replace(release(1, "b"), release(1)));

    assertEquals(Content.of(List.of(APP), List.of(release(1, "b"))), content(fresh));
  }

  @Test
  void releasesBelowDifferentBasePaths_areApart() {
    ReleaseDatabase one = bucket.builder().basePath("one").build();

    assertEquals(Content.of(List.of(), List.of()), content(one));
    commit(one, ReleaseWrite.create(APP), ReleaseWrite.create(release(7)));

    assertEquals(Content.of(List.of(APP), List.of(release(7))), content(one));
    assertEquals(Content.of(List.of(APP), List.of(release(1))), content(other));
    assertTrue(bucket.keys().contains("one/.hotupdater/releases/root.json"));
  }

  @Test
  void storeThatIsNotThere_isUnavailable() {
    try (S3Client client =
        MetadataServer.clientOf(URI.create("http://127.0.0.1:9"))
            .overrideConfiguration(o -> o.retryStrategy(r -> r.maxAttempts(1)))
            .build()) {
      ReleaseDatabase lonely = S3Database.builder(client, "updates").build();
      for (Runnable call :
          List.<Runnable>of(
              () -> releases(lonely).snapshot(),
              () -> releases(lonely).revision(),
              () -> releases(lonely).fingerprint(),
              () -> releases(lonely).findRelease(releaseId(1)),
              () -> put(lonely, release(1)))) {
        StringWriter text = new StringWriter();
        assertThrows(DatabaseUnavailableException.class, call::run)
            .printStackTrace(new PrintWriter(text));
        assertFalse(text.toString().contains(MetadataServer.SECRET));
        assertFalse(text.toString().contains("Signature="));
      }
    }
  }
}
