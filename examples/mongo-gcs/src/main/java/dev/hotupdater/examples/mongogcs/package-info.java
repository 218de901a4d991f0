/** An update server on MongoDB, with its files in Google Cloud Storage. */
@NullMarked
package dev.hotupdater.examples.mongogcs;

import org.jspecify.annotations.NullMarked;
