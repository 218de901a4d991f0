/**
 * What devices tell of the updates that they were given, and the channels that they were given to.
 * No I/O.
 */
@NullMarked
package dev.hotupdater.device;

import org.jspecify.annotations.NullMarked;
