/** Updates of Capacitor apps with the plugin native-update. */
@NullMarked
package dev.hotupdater.protocol.nativeupdate;

import org.jspecify.annotations.NullMarked;
