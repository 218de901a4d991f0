package dev.hotupdater.http;

import java.util.Optional;

/**
 * A route in a router.
 *
 * @param access who may use it
 * @param rateLimit how often one client may ask for it, whether it may use it or not
 */
record MountedRoute(Route route, Access access, Optional<RateLimit> rateLimit) {}
