/**
 * Minisign public keys and signatures: what is one, what people pass on by mistake instead, and
 * whether a signature is one of given bytes. Pure: nothing in here reads or writes anything.
 */
@NullMarked
package dev.hotupdater.signature;

import org.jspecify.annotations.NullMarked;
