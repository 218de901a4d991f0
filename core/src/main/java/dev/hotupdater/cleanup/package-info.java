/** Finds and deletes stored objects that no bundle refers to any more. */
@NullMarked
package dev.hotupdater.cleanup;

import org.jspecify.annotations.NullMarked;
