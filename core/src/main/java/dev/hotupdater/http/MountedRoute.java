package dev.hotupdater.http;

/**
 * A route in a router.
 *
 * @param access who may use it
 */
record MountedRoute(Route route, Access access) {}
