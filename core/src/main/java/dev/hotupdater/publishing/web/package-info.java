/** How web bundles come into releases, and go with them. */
@NullMarked
package dev.hotupdater.publishing.web;

import org.jspecify.annotations.NullMarked;
