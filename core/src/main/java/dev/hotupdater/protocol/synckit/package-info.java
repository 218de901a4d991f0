/**
 * The management routes of SyncKit OTA, through which publishers create releases and upload their
 * artifacts, with additions that its clients need not know.
 */
@NullMarked
package dev.hotupdater.protocol.synckit;

import org.jspecify.annotations.NullMarked;
