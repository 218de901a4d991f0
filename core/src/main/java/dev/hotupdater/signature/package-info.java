/**
 * Signatures of what clients download. Minisign public keys and signatures: what is one, what
 * people pass on by mistake instead, and whether a signature is one of given bytes. And RSA keys
 * that this server signs web bundles with. Pure: nothing in here opens or writes anything.
 */
@NullMarked
package dev.hotupdater.signature;

import org.jspecify.annotations.NullMarked;
