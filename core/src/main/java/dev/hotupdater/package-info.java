/** The entry point: building an update server out of a database, storages and groups of routes. */
@NullMarked
package dev.hotupdater;

import org.jspecify.annotations.NullMarked;
