/** Tells a load balancer or an operator whether the server and what it depends on can be used. */
@NullMarked
package dev.hotupdater.protocol.health;

import org.jspecify.annotations.NullMarked;
