/** Asking a server as devices do: one question, or many. */
@NullMarked
package dev.hotupdater.benchmarks.client;

import org.jspecify.annotations.NullMarked;
