/** A complete update server on one SQLite file and one directory. */
@NullMarked
package dev.hotupdater.examples.quickstart;

import org.jspecify.annotations.NullMarked;
