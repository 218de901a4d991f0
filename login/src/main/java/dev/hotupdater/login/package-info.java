/**
 * A sign-in for servers without a user management of their own: users with password hashes, and
 * signed tokens that work for a limited time.
 */
@NullMarked
package dev.hotupdater.login;

import org.jspecify.annotations.NullMarked;
