package dev.hotupdater.publishing;

import dev.hotupdater.release.Artifact;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.UploadAddress;

/**
 * An upload that the server waits for.
 *
 * @param artifact the pending artifact
 * @param address where its bytes are to be uploaded; whoever has it can, until it expires
 * @param key the key that they are uploaded to, before they are checked and put in their place
 */
public record AnnouncedUpload(Artifact artifact, UploadAddress address, ObjectKey key) {}
