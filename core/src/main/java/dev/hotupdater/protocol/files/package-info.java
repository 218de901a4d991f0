/**
 * Serves the files of a {@link dev.hotupdater.storage.FileStorage}: downloads and uploads under
 * signed addresses that expire.
 */
@NullMarked
package dev.hotupdater.protocol.files;

import org.jspecify.annotations.NullMarked;
