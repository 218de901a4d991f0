/**
 * The Hot Updater protocol: update checks of React Native apps, bundle management for its command
 * line and console.
 */
@NullMarked
package dev.hotupdater.protocol.hotupdater;

import org.jspecify.annotations.NullMarked;
