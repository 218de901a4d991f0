package dev.hotupdater.http;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * How many requests one client may make: so many at once, and so many more as time goes by. A
 * request above that is answered with status 429, and with {@code Retry-After} in whole seconds.
 * Safe for use by many threads; what was counted is forgotten with the process.
 *
 * <p>It is counted for each server by itself, and for 100,000 clients at most: those that were
 * quiet for the longest time are forgotten first.
 */
public final class RateLimit {
  private final TokenBuckets buckets;
  private final Function<HttpRequest, List<String>> clients;
  private final Function<Duration, String> body;

  private RateLimit(Builder builder, LongSupplier nanoTime) {
    buckets = new TokenBuckets(builder.burst, builder.interval, nanoTime);
    clients = builder.clients;
    body = builder.body;
  }

  /**
   * A builder of a limit.
   *
   * @param burst how many requests a client may make at once; at least 1
   * @param interval after how long it may make one more; at least a microsecond
   * @throws IllegalArgumentException if one of them is less
   */
  public static Builder builder(int burst, Duration interval) {
    return new Builder(burst, interval);
  }

  /** A limit for each address and each credential, with the default answer. */
  public static RateLimit of(int burst, Duration interval) {
    return builder(burst, interval).build();
  }

  /**
   * Counts the request.
   *
   * @return the answer to a request that is one too many; empty if the request may go on
   */
  public Optional<HttpResponse> refuse(HttpRequest request) {
    for (String client : clients.apply(request)) {
      Optional<HttpResponse> refusal = refuse(client);
      if (refusal.isPresent()) {
        // Who is refused must not fill the memory with whatever else it says of itself.
        return refusal;
      }
    }
    return Optional.empty();
  }

  /**
   * Counts a request of a client that is told apart by something else than what {@link
   * Builder#clients} looks at, such as a field of the body.
   *
   * @param client a short text; a secret as its hash
   * @return the answer to a request that is one too many; empty if the request may go on
   */
  public Optional<HttpResponse> refuse(String client) {
    OptionalLong wait = buckets.take(client);
    return wait.isPresent() ? Optional.of(answer(wait.getAsLong())) : Optional.empty();
  }

  private HttpResponse answer(long nanos) {
    // Rounded up: a client that comes back a moment too early is refused again.
    Duration wait = Duration.ofSeconds(Duration.ofNanos(nanos).toSeconds() + 1);
    return HttpResponse.uncached(429, body.apply(wait))
        .header("Retry-After", Long.toString(wait.toSeconds()))
        .build();
  }

  /** Builds a {@link RateLimit}. Not thread-safe. */
  public static final class Builder {
    private final int burst;
    private final Duration interval;
    private Function<HttpRequest, List<String>> clients = ClientKeys::of;
    private Function<Duration, String> body =
        wait -> "{\"error\":\"Too many requests. Try again in " + wait.toSeconds() + " seconds.\"}";

    private Builder(int burst, Duration interval) {
      if (burst < 1 || interval.compareTo(Duration.ofNanos(1_000)) < 0) {
        throw new IllegalArgumentException(
            "A rate limit needs at least 1 request at once, and at least a microsecond between"
                + " those after it.");
      }
      this.burst = burst;
      this.interval = interval;
    }

    /**
     * Sets by what clients are told apart; each of the texts is counted by itself, until one is
     * refused, so what the client cannot choose comes first. The default is the address (of IPv6,
     * its network of 64 bits) and the {@code Authorization} header.
     */
    public Builder clients(Function<HttpRequest, List<String>> clients) {
      this.clients = requireNonNull(clients, "clients");
      return this;
    }

    /**
     * Sets the JSON text of the answer, for clients that expect one of a certain shape.
     *
     * @param body gets the time after which the client may try again
     */
    public Builder body(Function<Duration, String> body) {
      this.body = requireNonNull(body, "body");
      return this;
    }

    /** Builds the limit. */
    public RateLimit build() {
      return build(System::nanoTime);
    }

    RateLimit build(LongSupplier nanoTime) {
      return new RateLimit(this, nanoTime);
    }
  }
}
