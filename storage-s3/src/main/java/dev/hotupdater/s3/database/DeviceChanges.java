package dev.hotupdater.s3.database;

import dev.hotupdater.device.DeviceEvent;
import dev.hotupdater.device.DeviceFact;
import dev.hotupdater.device.DeviceOutcome;
import dev.hotupdater.s3.database.RecordedFact.Given;
import dev.hotupdater.s3.database.RecordedFact.Told;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The failures since a moment, an object after the other, and then the assignments, of each device
 * the last. For one thread.
 */
final class DeviceChanges implements Iterator<DeviceFact> {
  private final Instant moment;
  private final FactCursor cursor;
  private final Deque<DeviceFact> ready = new ArrayDeque<>();
  private final LatestChannels channels = new LatestChannels();
  private boolean isRead;

  private DeviceChanges(FactObjects objects, Instant moment) {
    this.moment = moment;
    cursor =
        FactCursor.recent(
            objects,
            FactOrder.text(FactOrder.millis(moment)),
            name -> name.hasAny(FactKind.CHANGES));
  }

  static Stream<DeviceFact> since(FactObjects objects, Instant moment) {
    Spliterator<DeviceFact> changes =
        Spliterators.spliteratorUnknownSize(
            new DeviceChanges(objects, moment), Spliterator.NONNULL);
    return StreamSupport.stream(changes, false);
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && !isRead) {
      if (cursor.hasNext()) {
        cursor.next().facts().forEach(this::add);
      } else {
        isRead = true;
        channels.all().forEach(given -> ready.add(given.assignment()));
      }
    }
    return !ready.isEmpty();
  }

  private void add(RecordedFact fact) {
    if (fact instanceof Told told) {
      add(told);
    } else if (fact instanceof Given given && given.millis() >= FactOrder.millis(moment)) {
      // Of one before, the assignment that has replaced it may be in an object that is not read.
      channels.add(given);
    }
  }

  private void add(Told told) {
    DeviceEvent event = told.event();
    if (event.outcome() == DeviceOutcome.FAILED && !told.recordedAt().isBefore(moment)) {
      ready.add(new DeviceFact.Failure(event.app(), event.device(), event.version()));
    }
  }

  @Override
  public DeviceFact next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }
}
