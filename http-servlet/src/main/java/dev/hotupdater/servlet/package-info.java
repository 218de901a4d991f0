/**
 * Connects the routes with Jakarta Servlet 6 containers: a servlet to mount, and the same as two
 * static methods for a filter or a controller.
 */
@NullMarked
package dev.hotupdater.servlet;

import org.jspecify.annotations.NullMarked;
