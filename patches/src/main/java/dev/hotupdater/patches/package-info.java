/**
 * Makes binary patches between the script bundles of a server, so that devices download the
 * difference instead of the whole file.
 */
@NullMarked
package dev.hotupdater.patches;

import org.jspecify.annotations.NullMarked;
