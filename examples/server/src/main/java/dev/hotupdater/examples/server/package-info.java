/** What the examples have in common: Jetty, with an update server in it. */
@NullMarked
package dev.hotupdater.examples.server;

import org.jspecify.annotations.NullMarked;
