/**
 * Web bundles that apps install over the air: which one a device gets, and what is known of one. No
 * I/O.
 */
@NullMarked
package dev.hotupdater.liveupdate;

import org.jspecify.annotations.NullMarked;
