/** The command line: looks after an update server's database, and publishes to it. */
@NullMarked
package dev.hotupdater.cli;

import org.jspecify.annotations.NullMarked;
