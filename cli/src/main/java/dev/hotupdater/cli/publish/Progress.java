package dev.hotupdater.cli.publish;

/** Tells a person how far it is. Safe for use by many threads. */
interface Progress {
  /** The upload of a file begins, perhaps not for the first time. */
  void started(ArtifactFile file);

  /** So many bytes of the file were sent since the upload began. */
  void sent(ArtifactFile file, long bytes);

  /** The file is on the server, and was checked. */
  void finished(ArtifactFile file);

  /** The file will not be finished by this run. */
  void failed(ArtifactFile file);

  /** Something to know. */
  void notice(String text);
}
