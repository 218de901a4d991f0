/** How soon the quickstart answers, and how much memory it takes. */
@NullMarked
package dev.hotupdater.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
