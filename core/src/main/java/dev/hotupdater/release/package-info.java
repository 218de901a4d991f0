/**
 * Apps, their releases and the artifacts of those, and the rules about them: what is valid, in what
 * order versions come, and which release a client gets. Values and pure functions.
 */
@NullMarked
package dev.hotupdater.release;

import org.jspecify.annotations.NullMarked;
