package dev.hotupdater.s3.database;

/**
 * An app or a release that a commit writes.
 *
 * @param entry what the root will list
 * @param content the JSON text of the object
 */
record NewRecord<T>(RootEntry<T> entry, String content) {}
