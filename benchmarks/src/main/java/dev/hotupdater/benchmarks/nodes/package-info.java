/** How soon a node decides by what another node has published. */
@NullMarked
package dev.hotupdater.benchmarks.nodes;

import org.jspecify.annotations.NullMarked;
