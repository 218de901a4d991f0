package dev.hotupdater.database;

/**
 * The state of a database between two commits. Only equality means something.
 *
 * @param value opaque text of the database
 */
public record Revision(String value) {}
