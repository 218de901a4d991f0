/** The decision, the ranges and the whole handler, inside one virtual machine. */
@NullMarked
package dev.hotupdater.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
