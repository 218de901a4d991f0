/** What is printed: figures with their goals, as Markdown. */
@NullMarked
package dev.hotupdater.benchmarks.report;

import org.jspecify.annotations.NullMarked;
