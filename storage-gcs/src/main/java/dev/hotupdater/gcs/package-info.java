/** A storage in a bucket of Google Cloud Storage or Firebase Storage. */
@NullMarked
package dev.hotupdater.gcs;

import org.jspecify.annotations.NullMarked;
