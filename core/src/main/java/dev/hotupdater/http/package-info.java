/**
 * HTTP without a framework: requests, responses, routes and who may use them. A binding maps these
 * few types to the server that the embedder runs.
 */
@NullMarked
package dev.hotupdater.http;

import org.jspecify.annotations.NullMarked;
