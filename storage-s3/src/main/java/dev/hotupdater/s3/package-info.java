/**
 * A storage in Amazon S3, Cloudflare R2, MinIO or another service with the S3 protocol. The objects
 * are those of the Node plugins: either server works with what the other one wrote.
 */
@NullMarked
package dev.hotupdater.s3;

import org.jspecify.annotations.NullMarked;
