/** Measures the library, and prints the figures beside their goals. Nothing here is deployed. */
@NullMarked
package dev.hotupdater.benchmarks;

import org.jspecify.annotations.NullMarked;
