package dev.hotupdater.publishing.web;

import dev.hotupdater.release.AppId;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.storage.ObjectKey;

/**
 * Where one attempt to publish puts what it stores. Each has its own folder, so that whatever is
 * deleted after another one, or with what was published before, is never of this one.
 *
 * @param path with a slash at its end
 */
record AttemptFolder(String path) {
  static AttemptFolder create(AppId app, ReleaseId release, ReleaseId artifact) {
    return new AttemptFolder(
        "releases/" + app + '/' + release + '/' + artifact + '/' + ReleaseId.random() + '/');
  }

  ObjectKey archive(String fileName) {
    return ObjectKey.of(path + fileName);
  }

  ObjectKey manifest() {
    return ObjectKey.of(path + "manifest.json");
  }

  ObjectKey file(String sha256) {
    return ObjectKey.of(path + "files/" + sha256);
  }

  ObjectKey brotli(String sha256) {
    return ObjectKey.of(path + "files/" + sha256 + ".br");
  }
}
