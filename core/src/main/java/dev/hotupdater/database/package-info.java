/**
 * Where bundles are recorded: the interfaces that a database implements, and an implementation in
 * memory as their reference.
 */
@NullMarked
package dev.hotupdater.database;

import org.jspecify.annotations.NullMarked;
