package dev.hotupdater.publishing.web;

import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.Release;

/**
 * What was published.
 *
 * @param release its release
 * @param artifact its file
 * @param isNew whether it was stored now; false if the same bytes were published there before
 */
public record PublishedBundle(Release release, Artifact artifact, boolean isNew) {}
