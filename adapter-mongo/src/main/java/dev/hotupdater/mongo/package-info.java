/**
 * A database of bundles, releases and what devices told in MongoDB, and the migrations of its
 * collections. Those of bundles are the Node server's: either server works with what the other one
 * wrote.
 */
@NullMarked
package dev.hotupdater.mongo;

import org.jspecify.annotations.NullMarked;
