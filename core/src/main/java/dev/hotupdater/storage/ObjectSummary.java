package dev.hotupdater.storage;

import java.time.Instant;

/**
 * What a listing says of an object.
 *
 * @param uri the object
 * @param size its size in bytes
 * @param lastModified when it was written
 */
public record ObjectSummary(StorageUri uri, long size, Instant lastModified) {}
