package dev.hotupdater.s3.database;

import java.time.Instant;

/**
 * A record that the root named until a commit replaced or deleted it.
 *
 * @param record its name
 * @param at when that commit was made, in whole seconds
 */
record RetiredRecord(RecordName record, Instant at) {}
