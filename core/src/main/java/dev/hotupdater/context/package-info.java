/** What an embedder knows about a request and hands through to its own plugins. */
@NullMarked
package dev.hotupdater.context;

import org.jspecify.annotations.NullMarked;
