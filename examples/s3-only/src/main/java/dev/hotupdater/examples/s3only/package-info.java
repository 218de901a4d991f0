/** An update server that keeps everything in one S3 bucket. */
@NullMarked
package dev.hotupdater.examples.s3only;

import org.jspecify.annotations.NullMarked;
