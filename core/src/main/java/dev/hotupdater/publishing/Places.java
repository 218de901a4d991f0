package dev.hotupdater.publishing;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.ArtifactTarget;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.Slug;
import dev.hotupdater.storage.ObjectKey;
import java.util.regex.Pattern;

/**
 * Where the bytes of artifacts are. They are uploaded to one place, which the publisher can write
 * to, and copied to another while they are checked, which nobody can write to.
 *
 * @param uploadPrefix what the keys of uploads begin with, without a slash at the end
 */
record Places(String uploadPrefix) {
  private static final String COPIES = "releases";

  /** Names that every storage takes as a part of a key, and that are no hidden files. */
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");

  Places {
    if (ObjectKey.parse(uploadPrefix).isEmpty() || isOrIsBelow(COPIES, uploadPrefix)) {
      throw new IllegalArgumentException(
          "uploadPrefix must be a folder such as ota, and not " + COPIES);
    }
  }

  private static boolean isOrIsBelow(String folder, String key) {
    return key.equals(folder) || key.startsWith(folder + '/');
  }

  /** The key that publishers know the uploads of an artifact by: each of them is below it. */
  ObjectKey uploads(Slug slug, Release release, ArtifactTarget target, RequestContext context) {
    return ObjectKey.of(
        uploadPrefix
            + '/'
            + slug
            + '/'
            + line(release, context)
            + release.version()
            + '/'
            + target);
  }

  /**
   * The key of a new upload. Each announcement has its own, so that an address which was given out
   * for another one, whoever's that was, never leads to this upload.
   */
  static ObjectKey upload(ObjectKey uploads) {
    return ObjectKey.of(uploads.toString() + '/' + ReleaseId.random());
  }

  /**
   * What tells releases of the same version apart: channels share versions, and tenants, who may
   * share a bucket, slugs as well.
   */
  private static String line(Release release, RequestContext context) {
    if (!context.cacheKey().equals(RequestContext.none().cacheKey())) {
      return release.id().value() + '/';
    }
    return release.channel().equals(Release.Builder.DEFAULT_CHANNEL) ? "" : release.channel() + '/';
  }

  /**
   * The key of a new copy. Each attempt has its own, so that of two servers which complete an
   * upload at the same time neither replaces what the other has checked.
   */
  static ObjectKey copy(Release release, Artifact artifact) {
    String name =
        artifact
            .fileName()
            .filter(PLAIN_NAME.asMatchPredicate())
            .orElse(artifact.target().toString());
    return ObjectKey.of(copies(release, artifact) + ReleaseId.random() + '/' + name);
  }

  /** The folder of the copies of an artifact, with a slash at its end. */
  static String copies(Release release, Artifact artifact) {
    return copies(release) + artifact.id() + '/';
  }

  /** The folder of the copies of a release, with a slash at its end. */
  static String copies(Release release) {
    return COPIES + '/' + release.appId() + '/' + release.id() + '/';
  }
}
