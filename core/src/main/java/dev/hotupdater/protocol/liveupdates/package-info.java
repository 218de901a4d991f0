/**
 * Managing how web bundles are delivered: rules, channels, devices, statistics, and which release
 * is active.
 */
@NullMarked
package dev.hotupdater.protocol.liveupdates;

import org.jspecify.annotations.NullMarked;
