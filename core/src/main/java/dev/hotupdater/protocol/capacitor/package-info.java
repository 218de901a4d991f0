/**
 * The protocol of Capgo's updater, which apps made with Capacitor and Electron speak: update
 * checks, statistics, channels, and the sizes of single files.
 */
@NullMarked
package dev.hotupdater.protocol.capacitor;

import org.jspecify.annotations.NullMarked;
