package dev.hotupdater.testkit;

import static dev.hotupdater.testkit.SampleBundles.complete;
import static dev.hotupdater.testkit.SampleBundles.id;
import static dev.hotupdater.testkit.SampleBundles.patches;
import static dev.hotupdater.testkit.SampleBundles.small;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleRevision;
import dev.hotupdater.bundle.InvalidBundleException;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.Revision;
import dev.hotupdater.database.WriteConflictException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What commits write, what they refuse, and how the revision shows them. */
abstract class DatabaseCommitTests extends DatabaseListingTests {
  private static Bundle renamed(Bundle bundle, String message) {
    return bundle.toBuilder().message(Optional.of(message)).build();
  }

  private BundleRevision storedRevision(int number) {
    return BundleRevision.of(store().find(id(number)).orElseThrow());
  }

  @Test
  public void put_ofExistingId_replacesTheBundleWhole() {
    put(small(1), small(2), complete(3, 1, 2));

    put(small(3));

    assertStored(small(1), small(2), small(3));
  }

  @Test
  public void put_ofBundleThatIsABase_keepsThePatchesOfOthers() {
    put(small(1), complete(2, 1));

    put(renamed(small(1), "changed"));

    assertStored(renamed(small(1), "changed"), complete(2, 1));
  }

  @Test
  public void put_withOtherPatches_replacesThem() {
    put(small(1), small(2), small(3), complete(9, 1, 2));

    put(complete(9, 3, 1));

    assertStored(small(1), small(2), small(3), complete(9, 3, 1));
  }

  @Test
  public void delete_removesTheBundleAndItsPatches() {
    put(small(1), complete(2, 1));

    store().commit(List.of(BundleWrite.delete(id(2))));

    assertStored(small(1));
    assertEquals(Optional.empty(), store().find(id(2)));
  }

  @Test
  public void delete_ofUnknownId_doesNothing() {
    put(small(1));

    store().commit(List.of(BundleWrite.delete(id(2))));

    assertStored(small(1));
  }

  @Test
  public void delete_ofBase_removesThePatchesFromIt() {
    put(small(1), small(2), complete(8, 1, 2), complete(9, 1));

    store().commit(List.of(BundleWrite.delete(id(1))));

    assertStored(small(2), complete(8, 2), complete(9));
  }

  @Test
  public void commit_ofManyWrites_doesThemInTheirOrder() {
    put(small(1), small(2), complete(8, 1, 2));

    store()
        .commit(
            List.of(
                BundleWrite.put(renamed(small(3), "first")),
                BundleWrite.put(renamed(small(3), "second")),
                BundleWrite.put(small(4)),
                BundleWrite.delete(id(4)),
                BundleWrite.delete(id(1)),
                BundleWrite.put(renamed(small(1), "again")),
                BundleWrite.put(complete(9, 1, 3))));

    assertStored(
        renamed(small(1), "again"),
        small(2),
        renamed(small(3), "second"),
        complete(8, 2),
        complete(9, 1, 3));
  }

  @Test
  public void commit_ofManyBundles_writesAll() {
    Bundle[] bundles = new Bundle[700];
    for (int i = 0; i < bundles.length; i++) {
      bundles[i] = small(i);
    }

    put(bundles);

    assertStored(bundles);
  }

  @Test
  public void commit_withAConflict_writesNothing() {
    put(small(1), small(2));
    Revision before = store().revision();
    BundleRevision outdated = BundleRevision.of(renamed(small(2), "not this"));

    WriteConflictException e =
        assertThrows(
            WriteConflictException.class,
            () ->
                store()
                    .commit(
                        List.of(
                            BundleWrite.put(small(3)),
                            BundleWrite.delete(id(1)),
                            BundleWrite.replace(renamed(small(2), "new"), outdated))));

    assertEquals(id(2), e.id());
    assertStored(small(1), small(2));
    assertEquals(before, store().revision());
  }

  @Test
  public void replace_ofWhatWasRead_writes() {
    put(complete(1));
    BundleRevision read = storedRevision(1);

    store().commit(List.of(BundleWrite.replace(renamed(complete(1), "changed"), read)));

    assertStored(renamed(complete(1), "changed"));
  }

  @Test
  public void replace_ofWhatHasChanged_conflicts() {
    put(small(1));
    BundleRevision read = storedRevision(1);
    put(renamed(small(1), "by another"));

    assertThrows(
        WriteConflictException.class,
        () -> store().commit(List.of(BundleWrite.replace(renamed(small(1), "mine"), read))));

    assertStored(renamed(small(1), "by another"));
  }

  @Test
  public void replace_ofBundleThatLostAPatchMeanwhile_conflicts() {
    put(small(1), complete(2, 1));
    BundleRevision read = storedRevision(2);
    store().commit(List.of(BundleWrite.delete(id(1))));

    assertThrows(
        WriteConflictException.class,
        () -> store().commit(List.of(BundleWrite.replace(complete(2), read))));
  }

  @Test
  public void replace_ofBundleThatIsGone_conflicts() {
    put(small(1));
    BundleRevision read = storedRevision(1);
    store().commit(List.of(BundleWrite.delete(id(1))));

    assertThrows(
        WriteConflictException.class,
        () -> store().commit(List.of(BundleWrite.replace(small(1), read))));

    assertStored();
  }

  @Test
  public void delete_ofWhatHasChanged_conflicts() {
    put(small(1));
    BundleRevision read = storedRevision(1);
    put(renamed(small(1), "by another"));

    assertThrows(
        WriteConflictException.class,
        () -> store().commit(List.of(BundleWrite.delete(id(1), read))));

    assertStored(renamed(small(1), "by another"));
  }

  @Test
  public void delete_ofWhatWasRead_deletes() {
    put(small(1));

    store().commit(List.of(BundleWrite.delete(id(1), storedRevision(1))));

    assertStored();
  }

  @Test
  public void expectation_ofASecondWrite_isAboutTheFirst() {
    put(small(1));
    Bundle first = renamed(small(1), "first");
    Bundle second = renamed(small(1), "second");

    store()
        .commit(
            List.of(
                BundleWrite.replace(first, storedRevision(1)),
                BundleWrite.replace(second, BundleRevision.of(first))));

    assertStored(second);
  }

  @Test
  public void put_withPatchFromUnknownBase_isInvalidAndWritesNothing() {
    put(small(1));
    Revision before = store().revision();

    InvalidBundleException e =
        assertThrows(InvalidBundleException.class, () -> put(small(2), complete(3, 1, 7)));

    assertEquals("patches[1].baseBundleId", e.field());
    assertStored(small(1));
    assertEquals(before, store().revision());
  }

  @Test
  public void put_withPatchFromBaseThatTheCommitDeletes_isInvalid() {
    put(small(1));

    assertThrows(
        InvalidBundleException.class,
        () -> store().commit(List.of(BundleWrite.delete(id(1)), BundleWrite.put(complete(2, 1)))));

    assertStored(small(1));
  }

  @Test
  public void put_withPatchFromBundleOfTheSameCommit_isStored() {
    Bundle first = small(1).toBuilder().patches(patches(1, 2)).build();
    Bundle second = small(2).toBuilder().patches(patches(2, 1)).build();

    put(first, second);

    assertStored(first, second);
  }

  @Test
  public void revision_afterEveryKindOfCommit_isANewOne() {
    Revision empty = store().revision();
    put(small(1));
    Revision created = store().revision();
    put(small(1));
    Revision replaced = store().revision();
    store().commit(List.of(BundleWrite.delete(id(1))));
    Revision deleted = store().revision();
    store().commit(List.of(BundleWrite.delete(id(1))));
    Revision deletedAgain = store().revision();

    assertNotEquals(empty, created);
    assertNotEquals(created, replaced);
    assertNotEquals(replaced, deleted);
    assertNotEquals(deleted, deletedAgain);
  }

  @Test
  public void revision_withoutCommit_staysTheSame() {
    put(small(1));
    Revision revision = store().revision();

    store().find(id(1));
    store().channels();
    database().check();

    assertEquals(revision, store().snapshot().revision());
    assertEquals(revision, store().revision());
  }

  @Test
  public void revision_ofEmptyDatabase_staysTheSame() {
    assertEquals(store().revision(), store().snapshot().revision());
    assertEquals(store().revision(), store().revision());
  }
}
