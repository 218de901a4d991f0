/**
 * Where files are kept: the interfaces that a storage implements, and a storage in a directory as
 * their reference.
 */
@NullMarked
package dev.hotupdater.storage;

import org.jspecify.annotations.NullMarked;
