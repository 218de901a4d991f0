package dev.hotupdater.catalog;

/** What a fact is found by: 128 bits of a hash. */
record FactKey(long high, long low) {}
