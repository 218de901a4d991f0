package dev.hotupdater.storage;

import java.time.Instant;

/**
 * A file that a {@link FileWalk} came by.
 *
 * @param key the key of the object it is
 * @param size its size in bytes
 * @param lastModified when it was written
 */
record FoundFile(String key, long size, Instant lastModified) {}
