package dev.hotupdater.publishing.web;

import dev.hotupdater.archive.OpaqueBundle;
import dev.hotupdater.archive.WebBundle;
import dev.hotupdater.bundle.Metadata;
import dev.hotupdater.release.ArtifactTarget;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseVersion;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A file that was admitted, and what is to be published of it. Immutable.
 *
 * @param version its version
 * @param channel its channel
 * @param target what it is for
 * @param file where its bytes are
 * @param fileName the name that devices should save it under, which every storage takes
 * @param bytes what was found out about them
 * @param unpacked the files in it; absent if they are not to be had one by one
 * @param isSigned whether it gets the signatures of this server
 * @param metadata the metadata of its artifact, given where its manifest is
 * @param described puts into a release what its publisher says of it
 */
record Upload(
    ReleaseVersion version,
    String channel,
    ArtifactTarget target,
    Path file,
    String fileName,
    OpaqueBundle bytes,
    Optional<WebBundle> unpacked,
    boolean isSigned,
    Function<Optional<String>, Metadata> metadata,
    UnaryOperator<Release.Builder> described) {}
