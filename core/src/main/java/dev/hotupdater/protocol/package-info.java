/** What all protocols share: groups of routes, and the parts of the server that they work on. */
@NullMarked
package dev.hotupdater.protocol;

import org.jspecify.annotations.NullMarked;
