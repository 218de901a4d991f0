/** The own OTA server of Capacitor apps: signing in, uploads, checks, history and deletion. */
@NullMarked
package dev.hotupdater.protocol.capacitor.ota;

import org.jspecify.annotations.NullMarked;
