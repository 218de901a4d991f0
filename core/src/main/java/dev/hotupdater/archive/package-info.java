/**
 * Which web bundles may be stored: the zips that Capacitor apps install over the air. A zip that is
 * admitted is read in the same way by every client, and is safe to unpack. Nothing in here writes
 * anything.
 */
@NullMarked
package dev.hotupdater.archive;

import org.jspecify.annotations.NullMarked;
