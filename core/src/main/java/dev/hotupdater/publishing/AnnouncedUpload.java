package dev.hotupdater.publishing;

import dev.hotupdater.release.Artifact;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.UploadAddress;

/**
 * An upload that the server waits for.
 *
 * @param artifact the pending artifact
 * @param address where its bytes are to be uploaded; whoever has it can, until it expires
 * @param key the key that publishers know the upload by. The object itself lies below it, under a
 *     name that is new with every announcement; the storage URI of the artifact tells it
 */
public record AnnouncedUpload(Artifact artifact, UploadAddress address, ObjectKey key) {}
