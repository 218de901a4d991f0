package dev.hotupdater.device;

import dev.hotupdater.release.ReleaseId;

/**
 * On how many devices a release had an outcome.
 *
 * @param channel its channel
 * @param release its identity
 * @param version its version
 * @param outcome the outcome
 * @param devices how many devices have told of it; each counts once
 */
public record OutcomeCount(
    String channel, ReleaseId release, String version, DeviceOutcome outcome, long devices) {}
