/**
 * Google Cloud Storage in memory, as far as {@code hotupdater-storage-gcs} uses it, with signatures
 * checked: for its tests and for examples. Not for production.
 */
@NullMarked
package dev.hotupdater.gcs.standin;

import org.jspecify.annotations.NullMarked;
