/** A storage of one's own: files on a CDN. */
@NullMarked
package dev.hotupdater.examples.customstorage;

import org.jspecify.annotations.NullMarked;
