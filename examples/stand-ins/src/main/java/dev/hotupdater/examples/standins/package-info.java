/** Servers that run inside an example in place of the real services. They forget everything. */
@NullMarked
package dev.hotupdater.examples.standins;

import org.jspecify.annotations.NullMarked;
