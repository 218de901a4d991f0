/** The bundles and the update checks that everything is measured with. */
@NullMarked
package dev.hotupdater.benchmarks.catalogue;

import org.jspecify.annotations.NullMarked;
