/**
 * Bundles and the rules about them: what a valid bundle is, who gets which one, how a listing is
 * paged, which files changed between two. Pure: nothing in here reads or writes anything.
 */
@NullMarked
package dev.hotupdater.bundle;

import org.jspecify.annotations.NullMarked;
