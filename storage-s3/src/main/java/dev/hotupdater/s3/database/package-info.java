/**
 * A database in a bucket of Amazon S3 or another service with its protocol and conditional writes,
 * in the layout of the Node plugin. Source: Hot Updater protocol, "S3 metadata database layout".
 */
@NullMarked
package dev.hotupdater.s3.database;

import org.jspecify.annotations.NullMarked;
