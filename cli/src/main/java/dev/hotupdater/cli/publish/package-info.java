/** Publishes what a build has made as a release of an app. */
@NullMarked
package dev.hotupdater.cli.publish;

import org.jspecify.annotations.NullMarked;
