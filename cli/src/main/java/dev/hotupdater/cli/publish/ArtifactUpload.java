package dev.hotupdater.cli.publish;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends a file to the address that the server has given for it, as a stream. Never with the token:
 * the address is enough, and may be that of somebody else's storage.
 */
final class ArtifactUpload {
  private static final long MAX_ANSWER_BYTES = 1 << 20;

  /** What storages answer when an address has expired, or is not known any more. */
  private static final Set<Integer> ADDRESS_REFUSED = Set.of(401, 403, 404, 410);

  private final HttpClient http;
  private final Progress progress;
  private final Duration stall;

  ArtifactUpload(HttpClient http, Progress progress, Duration stall) {
    this.http = http;
    this.progress = progress;
    this.stall = stall;
  }

  /** What became of an upload. */
  enum Outcome {
    /** The bytes are there. */
    SENT,
    /** The address does not work, or no more; another one may. */
    ADDRESS_REFUSED
  }

  /**
   * Sends the file once.
   *
   * @throws IOException if the next attempt may succeed
   * @throws PublishException if it would not
   */
  Outcome send(UploadTicket ticket, ArtifactFile file) throws IOException, InterruptedException {
    AtomicLong sent = new AtomicLong();
    progress.started(file);
    Answer answer =
        Exchange.sendWhileMoving(
                http, request(ticket, file, sent), MAX_ANSWER_BYTES, stall, sent::get)
            .unlessTemporary();
    if (answer.isSuccess()) {
      return Outcome.SENT;
    }
    if (ADDRESS_REFUSED.contains(answer.status())) {
      return Outcome.ADDRESS_REFUSED;
    }
    throw new PublishException(
        Printable.of("Uploading " + file.name() + " failed: " + answer.summary()));
  }

  private HttpRequest request(UploadTicket ticket, ArtifactFile file, AtomicLong sent) {
    BodyPublisher body =
        BodyPublishers.fromPublisher(
            BodyPublishers.ofInputStream(() -> open(file, sent)), file.size());
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(ticket.url()).method(ticket.method(), body);
      ticket.headers().forEach(request::header);
      return request.build();
    } catch (IllegalArgumentException e) {
      // Its message may have a header in it that must not be printed.
      throw UploadTicket.unusable();
    }
  }

  private InputStream open(ArtifactFile file, AtomicLong sent) {
    try {
      return new Counted(Files.newInputStream(file.path()), file, sent);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tells how far the file has been read. */
  private final class Counted extends FilterInputStream {
    private final ArtifactFile file;
    private final AtomicLong sent;

    Counted(InputStream in, ArtifactFile file, AtomicLong sent) {
      super(in);
      this.file = file;
      this.sent = sent;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = super.read(target, offset, length);
      if (count > 0) {
        progress.sent(file, sent.addAndGet(count));
      }
      return count;
    }
  }
}
