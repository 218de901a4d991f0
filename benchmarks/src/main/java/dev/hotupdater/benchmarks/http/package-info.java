/** Update checks over HTTP, against a static answer, the Node server, and other sizes. */
@NullMarked
package dev.hotupdater.benchmarks.http;

import org.jspecify.annotations.NullMarked;
