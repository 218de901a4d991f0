package dev.hotupdater.catalog;

/**
 * What became of the events that a server was told, since its start and of all its tenants.
 *
 * @param recorded how many are in the database; one that another server recorded before counts too
 * @param dropped how many were not recorded: the queue was full, the database refused them, or the
 *     server was closed. Those that were told again meanwhile count, too
 * @param waiting how many wait to be recorded
 */
public record DeviceIntake(long recorded, long dropped, int waiting) {}
