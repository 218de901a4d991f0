package dev.hotupdater.patches;

/**
 * The script bundle of a bundle, checked against its manifest.
 *
 * @param path its path in the bundle
 * @param hash SHA-256 in hexadecimal, from the manifest
 * @param content its bytes, not compressed; never changed
 * @param storedSize the size in bytes of the object that devices download
 */
record Script(String path, String hash, byte[] content, long storedSize) {}
