/**
 * A database of bundles in MongoDB, and the migrations of its collections. The collections are
 * those of the Node server: either server works with what the other one wrote.
 */
@NullMarked
package dev.hotupdater.mongo;

import org.jspecify.annotations.NullMarked;
