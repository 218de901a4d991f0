package dev.hotupdater.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.database.ChangeLog.Commit;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeLogTest {
  private static final String ID_1 = "0198c0de-abcd-7000-8000-000000000001";
  private static final String ID_2 = "0198c0de-abcd-7000-8000-000000000002";
  private static final Revision START = new Revision("start");

  private static BundleId id(int number) {
    return BundleId.of(String.format("0198c0de-abcd-7000-8000-%012d", number));
  }

  private static Revision revision(int number) {
    return new Revision("revision-" + number);
  }

  /** A commit that touches so many ids, of which no other commit touches any. */
  private static Commit commit(int number, int ids) {
    Set<BundleId> touched = new LinkedHashSet<>();
    for (int i = 0; i < ids; i++) {
      touched.add(id(number * 1000 + i));
    }
    return new Commit(revision(number), touched);
  }

  private static ChangeLog log(int commits, int idsOfEach) {
    ChangeLog log = ChangeLog.startingAt(START);
    for (int number = 1; number <= commits; number++) {
      log = log.with(commit(number, idsOfEach));
    }
    return log;
  }

  @Test
  void since_revisionInTheLog_isWhatLaterCommitsTouched() {
    ChangeLog log = log(3, 1);

    assertEquals(Optional.of(Set.of()), log.since(revision(3)));
    assertEquals(Optional.of(Set.of(id(3000))), log.since(revision(2)));
    assertEquals(Optional.of(Set.of(id(3000), id(2000), id(1000))), log.since(START));
    assertEquals(Optional.empty(), log.since(new Revision("other")));
    assertEquals(revision(3), log.end());
  }

  @Test
  void text_isReadAsItWasWritten() {
    ChangeLog log = log(5, 7);

    assertEquals(Optional.of(log), ChangeLog.parse(log.text()));
    assertEquals(
        Optional.of(ChangeLog.startingAt(START)),
        ChangeLog.parse(ChangeLog.startingAt(START).text()));
  }

  @Test
  void with_moreCommitsThanItHasRoomFor_forgetsTheOldest() {
    ChangeLog log = log(ChangeLog.MAX_COMMITS + 1, 1);

    assertEquals(ChangeLog.MAX_COMMITS, log.commits().size());
    assertEquals(revision(1), log.start());
    assertTrue(log.since(revision(1)).isPresent());
    assertEquals(Optional.empty(), log.since(START));
  }

  @Test
  void with_moreIdsThanItHasRoomFor_forgetsTheOldest() {
    ChangeLog log = log(3, ChangeLog.MAX_IDS / 2);

    assertEquals(revision(1), log.start());
    assertEquals(ChangeLog.MAX_IDS, log.since(revision(1)).orElseThrow().size());
  }

  @Test
  void with_commitThatIsTooLarge_startsAnew() {
    ChangeLog log = log(3, 1).with(commit(4, ChangeLog.MAX_IDS + 1));

    assertEquals(ChangeLog.startingAt(revision(4)), log);
    assertEquals(Optional.of(Set.of()), log.since(revision(4)));
    assertEquals(Optional.empty(), log.since(revision(3)));
  }

  @Test
  void text_ofTheLongestLog_isRead() {
    ChangeLog log = ChangeLog.startingAt(new Revision(UUID.randomUUID().toString()));
    for (int number = 1; number <= ChangeLog.MAX_COMMITS; number++) {
      int ids = number == 1 ? ChangeLog.MAX_IDS - ChangeLog.MAX_COMMITS + 1 : 1;
      Revision revision = new Revision(UUID.randomUUID().toString());
      log = log.with(new Commit(revision, commit(number, ids).ids()));
    }

    assertEquals(ChangeLog.MAX_COMMITS, log.commits().size());
    assertEquals(Optional.of(log), ChangeLog.parse(log.text()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "two words", "two\nlines", "ünï", "0\n0"})
  void with_afterARevisionOfSomebodyElse_startsAnew(String odd) {
    ChangeLog log = ChangeLog.startingAt(new Revision(odd)).with(commit(1, 1));

    assertEquals(ChangeLog.startingAt(revision(1)), log);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1\n",
        "2\nstart",
        "1\n\nstart",
        "1\nstart\n",
        "1 \nstart",
        "1\r\nstart",
        "1\n start",
        "1\nstart ",
        "1\nstart " + ID_1,
        "1\na " + ID_1 + " \nstart",
        "1\na  " + ID_1 + "\nstart",
        "1\na no-id\nstart",
        "1\na " + ID_1 + "," + ID_2 + "\nstart",
        "1\n" + ID_1 + ID_2 + "\nstart",
        "1\na; drop table bundles\nstart",
        "{\"version\":1}",
        "\u0000"
      })
  void parse_ofWhatIsNoLog_isEmpty(String text) {
    assertEquals(Optional.empty(), ChangeLog.parse(text));
  }

  @Test
  void parse_ofLogInTheMiddleOfALine_isEmpty() {
    String text = log(3, 3).text();
    for (int length = 0; length < text.length(); length++) {
      String start = text.substring(0, length);
      // Without its last line it may still be a whole log, but then of fewer commits.
      ChangeLog.parse(start).ifPresent(log -> assertEquals(start, log.text()));
    }
  }

  @Test
  void parse_ofEndlessText_isEmpty() {
    assertEquals(
        Optional.empty(), ChangeLog.parse("1\n" + "a\n".repeat(ChangeLog.MAX_TEXT_LENGTH) + "b"));
  }

  @Test
  void parse_ofRandomText_neverFails() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String pieces = "1\n abc-é\u0000";
    for (int i = 0; i < 2000; i++) {
      StringBuilder text = new StringBuilder("1\n");
      for (int j = random.nextInt(30); j > 0; j--) {
        text.append(random.nextInt(8) == 0 ? ID_1 : pieces.charAt(random.nextInt(pieces.length())));
      }
      ChangeLog.parse(text.toString())
          .ifPresent(
              log -> assertEquals(Optional.of(log), ChangeLog.parse(log.text()), "seed " + seed));
    }
  }
}
