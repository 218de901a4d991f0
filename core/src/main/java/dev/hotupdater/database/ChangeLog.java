package dev.hotupdater.database;

import dev.hotupdater.bundle.BundleId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which bundles the last commits have touched, for databases that have nothing of their own to tell
 * {@link BundleStore#changesSince} from: kept beside the revision and written in the same commit.
 * As text it has a first line with the version of this form, then a line for each commit, newest
 * first, with the revision that it led to and the ids, and a last line with the revision that the
 * oldest of them started from. Immutable.
 *
 * @param commits newest first
 * @param start the revision before the oldest commit
 */
public record ChangeLog(List<Commit> commits, Revision start) {
  /** In characters: text that is longer is no log, and none that is written here is. */
  public static final int MAX_TEXT_LENGTH = 32 * 1024;

  /** How many commits are remembered. */
  public static final int MAX_COMMITS = 64;

  /** How many ids all commits together may have; the text then stays below 24 KB. */
  public static final int MAX_IDS = 500;

  private static final String FORM = "1";
  private static final Pattern REVISION = Pattern.compile("[0-9A-Za-z-]{1,64}");

  /**
   * What one commit has touched.
   *
   * @param revision the revision that it led to
   * @param ids all bundles that may read differently since
   */
  public record Commit(Revision revision, Set<BundleId> ids) {
    /** Copies the set. */
    public Commit {
      ids = Set.copyOf(ids);
    }
  }

  /** Copies the list. */
  public ChangeLog {
    commits = List.copyOf(commits);
  }

  /** The log of a database at this revision, of which nothing older is known. */
  public static ChangeLog startingAt(Revision revision) {
    return new ChangeLog(List.of(), revision);
  }

  /** The revision that the newest commit led to. */
  public Revision end() {
    return commits.isEmpty() ? start : commits.get(0).revision();
  }

  /** The log after one more commit. What has no room any more is left out, oldest first. */
  public ChangeLog with(Commit commit) {
    if (!REVISION.matcher(start.value()).matches()) {
      // No commit of this library led there, and as text it could be taken for something else.
      return startingAt(commit.revision());
    }
    List<Commit> kept = new ArrayList<>();
    int ids = 0;
    for (Commit next : prepend(commit)) {
      ids += next.ids().size();
      if (kept.size() == MAX_COMMITS || ids > MAX_IDS) {
        return new ChangeLog(kept, next.revision());
      }
      kept.add(next);
    }
    return new ChangeLog(kept, start);
  }

  private List<Commit> prepend(Commit commit) {
    List<Commit> all = new ArrayList<>(commits.size() + 1);
    all.add(commit);
    all.addAll(commits);
    return all;
  }

  /** The ids that were touched after a revision; empty if the log does not go back that far. */
  public Optional<Set<BundleId>> since(Revision known) {
    Set<BundleId> ids = new LinkedHashSet<>();
    for (Commit commit : commits) {
      if (commit.revision().equals(known)) {
        return Optional.of(ids);
      }
      ids.addAll(commit.ids());
    }
    return start.equals(known) ? Optional.of(ids) : Optional.empty();
  }

  /** Reads a log; empty if the text is none. */
  public static Optional<ChangeLog> parse(String text) {
    if (text.length() > MAX_TEXT_LENGTH) {
      return Optional.empty();
    }
    Iterator<String> lines = List.of(text.split("\n", -1)).iterator();
    if (!lines.next().equals(FORM)) {
      return Optional.empty();
    }
    List<Commit> read = new ArrayList<>();
    while (lines.hasNext()) {
      Optional<Commit> commit = parseCommit(lines.next());
      if (commit.isEmpty()) {
        return Optional.empty();
      }
      read.add(commit.get());
    }
    if (read.isEmpty() || !read.get(read.size() - 1).ids().isEmpty()) {
      return Optional.empty();
    }
    Revision start = read.remove(read.size() - 1).revision();
    return Optional.of(new ChangeLog(read, start));
  }

  private static Optional<Commit> parseCommit(String line) {
    String[] words = line.split(" ", -1);
    Set<BundleId> ids = new LinkedHashSet<>();
    for (int i = 1; i < words.length; i++) {
      Optional<BundleId> id = BundleId.parse(words[i]);
      if (id.isEmpty()) {
        return Optional.empty();
      }
      ids.add(id.get());
    }
    return REVISION.matcher(words[0]).matches()
        ? Optional.of(new Commit(new Revision(words[0]), ids))
        : Optional.empty();
  }

  /** The log as text. */
  public String text() {
    StringBuilder text = new StringBuilder(FORM);
    for (Commit commit : commits) {
      append(text, commit.revision(), commit.ids());
    }
    append(text, start, Set.of());
    return text.toString();
  }

  private static void append(StringBuilder text, Revision revision, Collection<BundleId> ids) {
    text.append('\n').append(revision.value());
    ids.forEach(id -> text.append(' ').append(id));
  }
}
