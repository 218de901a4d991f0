package dev.hotupdater.gcs.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The part of a {@link GcsStandIn} that takes signed addresses. Source: Google Cloud Storage, "V4
 * signing process with your own program" and "Canonical requests".
 */
public final class SignedRequests {
  private static final String ALGORITHM = "GOOG4-RSA-SHA256";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");

  private final String bucket;
  private final StoredBlobs blobs;
  private final ServiceAccount account;
  private final Supplier<Clock> clock;

  SignedRequests(String bucket, StoredBlobs blobs, ServiceAccount account, Supplier<Clock> clock) {
    this.bucket = bucket;
    this.blobs = blobs;
    this.account = account;
    this.clock = clock;
  }

  public void handle(Exchange request) throws IOException {
    String prefix = "/" + bucket + "/";
    if (!isAllowed(request) || !request.rawPath().startsWith(prefix)) {
      request.answer(403, "<Error><Code>SignatureDoesNotMatch</Code></Error>".getBytes(UTF_8));
      return;
    }
    String name = Exchange.decode(request.rawPath().substring(prefix.length()));
    switch (request.method()) {
      case "GET" -> get(request, name);
      case "PUT" -> put(request, name);
      default -> request.answer(405, new byte[0]);
    }
  }

  private void get(Exchange request, String name) throws IOException {
    Optional<StoredBlobs.StoredBlob> blob = blobs.find(name);
    if (blob.isEmpty()) {
      request.answer(404, "<Error><Code>NoSuchKey</Code></Error>".getBytes(UTF_8));
      return;
    }
    request
        .with("Content-Type", blob.get().contentType())
        .with("Cache-Control", blob.get().cacheControl())
        .answer(200, blob.get().content());
  }

  private void put(Exchange request, String name) throws IOException {
    byte[] content = request.body();
    if (!request.header("x-goog-content-length-range").map(r -> isIn(r, content)).orElse(true)) {
      request.answer(400, "<Error><Code>EntityTooLarge</Code></Error>".getBytes(UTF_8));
      return;
    }
    blobs.put(
        name,
        content,
        request.header("Content-Type").orElse("application/octet-stream"),
        request.header("Cache-Control").orElse(""));
    request.answer(200, new byte[0]);
  }

  private static boolean isIn(String range, byte[] content) {
    String[] limits = range.split(",", 2);
    return content.length >= Long.parseLong(limits[0])
        && content.length <= Long.parseLong(limits[1]);
  }

  private boolean isAllowed(Exchange request) {
    Map<String, String> query = request.query();
    String date = query.getOrDefault("X-Goog-Date", "");
    String expires = query.getOrDefault("X-Goog-Expires", "");
    String signature = query.getOrDefault("X-Goog-Signature", "");
    if (!date.matches("\\d{8}T\\d{6}Z")
        || !expires.matches("\\d{1,6}")
        || !signature.matches("(?:[0-9a-f]{2})+")
        || !ALGORITHM.equals(query.get("X-Goog-Algorithm"))) {
      return false;
    }
    String scope = date.substring(0, 8) + "/auto/storage/goog4_request";
    String credential = ServiceAccount.EMAIL + "/" + scope;
    List<String> headers =
        Arrays.asList(query.getOrDefault("X-Goog-SignedHeaders", "").split(";", -1));
    String toSign = String.join("\n", ALGORITHM, date, scope, sha256(canonical(request, headers)));
    return credential.equals(query.get("X-Goog-Credential"))
        && headers.contains("host")
        && signsEveryExtension(request, headers)
        && isInTime(date, Long.parseLong(expires))
        && account.signed(toSign, HexFormat.of().parseHex(signature));
  }

  private boolean isInTime(String date, long expires) {
    Instant start = LocalDateTime.parse(date, TIME).toInstant(ZoneOffset.UTC);
    Instant now = clock.get().instant();
    return expires <= Duration.ofDays(7).toSeconds()
        && !now.isBefore(start.minus(Duration.ofMinutes(15)))
        && now.isBefore(start.plusSeconds(expires));
  }

  private static boolean signsEveryExtension(Exchange request, List<String> signed) {
    for (String name : request.headerNames()) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (lower.startsWith("x-goog-") && !signed.contains(lower)) {
        return false;
      }
    }
    return true;
  }

  private static String canonical(Exchange request, List<String> headers) {
    String query =
        Arrays.stream(request.rawQuery().split("&", -1))
            .filter(pair -> !pair.startsWith("X-Goog-Signature="))
            .sorted()
            .collect(Collectors.joining("&"));
    String headerLines =
        headers.stream()
            .sorted()
            .map(name -> name + ":" + request.header(name).orElse("").strip() + "\n")
            .collect(Collectors.joining());
    return String.join(
        "\n",
        request.method(),
        request.rawPath(),
        query,
        headerLines,
        headers.stream().sorted().collect(Collectors.joining(";")),
        "UNSIGNED-PAYLOAD");
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
