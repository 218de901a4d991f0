package dev.hotupdater.supabase;

import java.time.Instant;
import java.util.UUID;

/** An object that the loopback server keeps. */
record StoredFileEntry(
    UUID id, byte[] content, String contentType, String cacheControl, Instant updatedAt) {}
