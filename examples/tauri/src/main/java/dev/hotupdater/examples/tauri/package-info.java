/** An update server for Tauri apps, to copy from. */
@NullMarked
package dev.hotupdater.examples.tauri;

import org.jspecify.annotations.NullMarked;
