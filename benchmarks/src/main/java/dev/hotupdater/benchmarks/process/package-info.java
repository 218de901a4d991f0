/** Processes that end with this one, and the files they leave. */
@NullMarked
package dev.hotupdater.benchmarks.process;

import org.jspecify.annotations.NullMarked;
