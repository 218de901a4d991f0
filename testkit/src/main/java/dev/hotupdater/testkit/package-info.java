/**
 * Contracts for people who write a database, a storage or an HTTP binding of their own: abstract
 * JUnit classes, to be extended with what makes an instance of the implementation. Every
 * implementation of this project passes them.
 */
@NullMarked
package dev.hotupdater.testkit;

import org.jspecify.annotations.NullMarked;
