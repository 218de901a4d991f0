/**
 * The updater protocol of Tauri apps, which apps packed by cargo-packager speak as well: update
 * checks, static manifests, downloads, and why a client gets what it gets.
 */
@NullMarked
package dev.hotupdater.protocol.tauri;

import org.jspecify.annotations.NullMarked;
