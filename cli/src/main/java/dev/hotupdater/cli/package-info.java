/** The command line: creates, migrates and looks at the database of an update server. */
@NullMarked
package dev.hotupdater.cli;

import org.jspecify.annotations.NullMarked;
