package dev.hotupdater.s3.database;

import dev.hotupdater.database.DeviceStore;
import dev.hotupdater.device.ChannelAssignment;
import dev.hotupdater.device.DeviceEvent;
import dev.hotupdater.device.DeviceFact;
import dev.hotupdater.device.DeviceOutcome;
import dev.hotupdater.device.OutcomeCount;
import dev.hotupdater.release.AppId;
import dev.hotupdater.s3.database.RecordedFact.Given;
import dev.hotupdater.s3.database.RecordedFact.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What devices told, in a bucket: objects with facts that never change, see {@link FactName}. */
final class MetadataDevices implements DeviceStore {
  private final FactObjects objects;
  private final FactLimits limits;
  private final FactCompaction compaction;
  private final FactDeletion deletion;
  private final OutcomeCounting counting;
  private final CommitTurn turn;
  private final Duration timeout;

  MetadataDevices(
      FactObjects objects,
      FactLimits limits,
      FactCompaction compaction,
      CommitTurn turn,
      Duration timeout) {
    this.objects = objects;
    this.limits = limits;
    this.compaction = compaction;
    this.turn = turn;
    this.timeout = timeout;
    deletion = new FactDeletion(objects, limits);
    counting = new OutcomeCounting(objects, limits);
  }

  @Override
  public void record(Collection<DeviceEvent> events, Instant recordedAt) {
    List<RecordedFact> facts = new ArrayList<>();
    events.forEach(event -> facts.add(new Told(event, recordedAt)));
    for (int i = 0; i < facts.size(); i += limits.factsOfAnObject()) {
      int end = Math.min(i + limits.factsOfAnObject(), facts.size());
      objects.write(FactOrder.at(FactOrder.millis(recordedAt)), facts.subList(i, end));
    }
    compaction.afterWrite();
  }

  /**
   * {@inheritDoc}
   *
   * <p>Which assignment is the last is told by the order of the facts. The new one comes after all
   * that there are, also if the clock of this server is behind.
   */
  @Override
  public void assign(ChannelAssignment assignment) {
    long now = FactOrder.millis(assignment.assignedAt());
    long behind =
        objects.list(FactOrder.text(now)).stream()
            .filter(object -> object.name().kinds().contains(FactKind.ASSIGNMENT))
            .mapToLong(object -> object.name().order().millis() + 1)
            .max()
            .orElse(now);
    FactOrder order = FactOrder.at(behind);
    objects.write(order, List.of(new Given(assignment, order)));
    compaction.afterWrite();
  }

  @Override
  public Stream<DeviceFact> changesSince(Instant moment) {
    return DeviceChanges.since(objects, moment);
  }

  @Override
  public List<OutcomeCount> counts(AppId app) {
    return counting.counts(app);
  }

  @Override
  public int deleteBefore(Instant moment, Set<DeviceOutcome> outcomes, int limit) {
    turn.await(new Patience(timeout));
    try {
      return deletion.deleteBefore(moment, outcomes, limit);
    } finally {
      turn.leave();
    }
  }

  /** How many objects in the folder could not be read since this process has started. */
  int unreadable() {
    return objects.unreadable();
  }
}
