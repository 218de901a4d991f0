/**
 * Brings bytes into releases: what is announced, uploaded, checked, published and deleted again.
 * Knows nothing of HTTP.
 */
@NullMarked
package dev.hotupdater.publishing;

import org.jspecify.annotations.NullMarked;
