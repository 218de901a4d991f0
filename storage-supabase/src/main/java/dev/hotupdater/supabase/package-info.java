/** A storage in a bucket of Supabase Storage, over its HTTP API. */
@NullMarked
package dev.hotupdater.supabase;

import org.jspecify.annotations.NullMarked;
