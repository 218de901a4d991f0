/** An update server for Capacitor apps, to copy from. */
@NullMarked
package dev.hotupdater.examples.capacitor;

import org.jspecify.annotations.NullMarked;
