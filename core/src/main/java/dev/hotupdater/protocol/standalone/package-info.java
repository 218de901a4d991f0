/**
 * The storage routes that the Hot Updater command line deploys through when it is configured with
 * {@code standaloneStorage}, over any storage that can be written to.
 */
@NullMarked
package dev.hotupdater.protocol.standalone;

import org.jspecify.annotations.NullMarked;
