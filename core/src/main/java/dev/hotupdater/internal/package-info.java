/** Not API: parts that several packages of the core share. */
@NullMarked
package dev.hotupdater.internal;

import org.jspecify.annotations.NullMarked;
