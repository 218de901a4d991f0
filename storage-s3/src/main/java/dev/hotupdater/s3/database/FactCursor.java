package dev.hotupdater.s3.database;

import dev.hotupdater.s3.database.FactCursor.FactObject;
import dev.hotupdater.s3.database.FactObjects.Listed;
import dev.hotupdater.s3.database.FactObjects.Page;
import dev.hotupdater.s3.database.MetadataBucket.Fetched;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads objects with facts in the order of their names, a few at a time. No fact is missed, also if
 * objects are replaced meanwhile: what replaces one is written before it is deleted, and has a name
 * behind it. So it is in a part of the listing that comes later; or, if the object was still
 * listed, in one that is read again from there. For one thread.
 */
final class FactCursor implements Iterator<FactObject> {
  private static final int AT_ONCE = 8;

  private final FactObjects objects;
  private final Function<FactName, Optional<Fetched>> memory;
  private final Function<FactName, Fetched> source;
  private final Predicate<FactName> wanted;

  /** Behind which name the next part of the listing begins; empty if there is none. */
  private Optional<String> nextPage;

  private final Deque<FactName> listed = new ArrayDeque<>();
  private final Deque<Answer> answers = new ArrayDeque<>();
  private Optional<FactObject> next = Optional.empty();

  private FactCursor(
      FactObjects objects,
      Function<FactName, Optional<Fetched>> memory,
      Function<FactName, Fetched> source,
      String after,
      Predicate<FactName> wanted) {
    this.objects = objects;
    this.memory = memory;
    this.source = source;
    this.wanted = wanted;
    nextPage = Optional.of(after);
  }

  /** Reads all objects that are wanted. */
  static FactCursor all(FactObjects objects, Predicate<FactName> wanted) {
    return new FactCursor(objects, name -> Optional.empty(), objects::fetch, "", wanted);
  }

  /** Reads objects with names behind this text, and not those again that it has read before. */
  static FactCursor recent(FactObjects objects, String after, Predicate<FactName> wanted) {
    return new FactCursor(objects, objects::remembered, objects::fetchAndRemember, after, wanted);
  }

  /**
   * An object.
   *
   * @param name its name
   * @param facts what is in it
   */
  record FactObject(FactName name, List<RecordedFact> facts) {}

  private record Answer(FactName name, Fetched fetched) {}

  @Override
  public boolean hasNext() {
    while (next.isEmpty()) {
      if (!answers.isEmpty()) {
        read(answers.remove());
      } else if (!listed.isEmpty()) {
        fetch();
      } else if (nextPage.isPresent()) {
        list(nextPage.get());
      } else {
        return false;
      }
    }
    return true;
  }

  private void read(Answer answer) {
    if (answer.fetched() instanceof Fetched.Missing) {
      listed.clear();
      answers.clear();
      nextPage = Optional.of(answer.name().toString());
      return;
    }
    next =
        objects
            .facts(answer.name(), answer.fetched())
            .map(facts -> new FactObject(answer.name(), facts));
  }

  private void fetch() {
    FactName first = listed.element();
    Optional<Fetched> known = memory.apply(first);
    if (known.isPresent()) {
      answers.add(new Answer(listed.remove(), known.get()));
      return;
    }
    List<FactName> some = new ArrayList<>();
    while (some.size() < AT_ONCE && !listed.isEmpty()) {
      some.add(listed.remove());
    }
    answers.addAll(ParallelRequests.map(some, name -> new Answer(name, source.apply(name))));
  }

  private void list(String after) {
    Page page = objects.page(after);
    page.objects().stream().map(Listed::name).filter(wanted).forEach(listed::add);
    nextPage = page.next();
  }

  @Override
  public FactObject next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    FactObject found = next.orElseThrow();
    next = Optional.empty();
    return found;
  }
}
