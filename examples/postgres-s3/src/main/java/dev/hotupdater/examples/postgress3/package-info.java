/** An update server on PostgreSQL, with its files in S3. */
@NullMarked
package dev.hotupdater.examples.postgress3;

import org.jspecify.annotations.NullMarked;
