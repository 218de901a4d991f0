/** Compresses the files of web bundles with Brotli. */
@NullMarked
package dev.hotupdater.brotli;

import org.jspecify.annotations.NullMarked;
