package dev.hotupdater.catalog;

/**
 * What a server keeps in memory of devices, of all its tenants together.
 *
 * @param failures of how many versions it knows that they failed on a device
 * @param assignments how many channels it knows that devices were given to or chose
 * @param complete whether there is room for more, and always was since the start. If not, there may
 *     be assignments, and older failures, in the database that decisions do not know of: {@link
 *     DeviceSettings#maxFacts} is too low
 */
public record DeviceMemory(long failures, long assignments, boolean complete) {}
