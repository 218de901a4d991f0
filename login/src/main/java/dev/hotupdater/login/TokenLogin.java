package dev.hotupdater.login;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.http.Access;
import dev.hotupdater.protocol.capacitor.ota.SignIn;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lets users of a {@link UserDirectory} sign in, and use routes with the token that they get: a
 * JSON Web Token, signed with HMAC and SHA-256 (HS256). Nothing is kept on the server. Immutable
 * and safe for use by many threads.
 *
 * <p>A token stops to work when it has expired, when its user is gone or has another password, and
 * when the secret that it was signed with is not known any more.
 */
public final class TokenLogin implements SignIn {
  private final PasswordCheck passwords;
  private final TokenWriter writer;
  private final TokenReader reader;

  private TokenLogin(Builder builder) {
    TokenTerms terms = builder.terms();
    passwords =
        new PasswordCheck(
            builder.users, builder.hasher, new Turns(builder.concurrentLogins, builder.patience));
    writer = new TokenWriter(terms, builder.secret);
    reader = new TokenReader(builder.users, terms, builder.secrets());
  }

  /**
   * A builder.
   *
   * @param secret signs new tokens
   */
  public static Builder builder(UserDirectory users, TokenSecret secret) {
    return new Builder(users, secret);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Names of more than 254 UTF-16 units and passwords of more than 1,024 bytes are refused at
   * once. All others take the time of one hash of each {@linkplain UserDirectory#kinds() kind}.
   *
   * @throws dev.hotupdater.database.DatabaseUnavailableException if too many others are signing in
   *     or the users cannot be looked up now; the request is answered with status 503
   */
  @Override
  public Optional<String> token(String userName, String password) {
    return passwords.check(userName, password).map(hash -> writer.token(userName, hash));
  }

  /** Everybody who sends a token of this login as {@code Authorization: Bearer <token>}. */
  public Access access() {
    return Access.bearer(reader::accepts);
  }

  @Override
  public String toString() {
    return "TokenLogin";
  }

  /** Builds a {@link TokenLogin}. Not thread-safe. */
  public static final class Builder {
    private static final Pattern NAME = Pattern.compile("[!-~]{1,128}");
    private static final Duration MIN_LIFETIME = Duration.ofMinutes(1);
    private static final Duration MAX_LIFETIME = Duration.ofHours(24);
    private static final Duration MAX_CLOCK_SKEW = Duration.ofSeconds(60);
    private static final int MAX_CONCURRENT_LOGINS = 64;
    private static final int MAX_PREVIOUS_SECRETS = 8;

    private final UserDirectory users;
    private final TokenSecret secret;
    private final List<TokenSecret> previousSecrets = new ArrayList<>();
    private String issuer = "hot-updater";
    private String audience = "hot-updater";
    private Duration lifetime = Duration.ofHours(1);
    private Duration clockSkew = Duration.ofSeconds(30);
    private int concurrentLogins = 2;
    private Clock clock = Clock.systemUTC();
    private Duration patience = Duration.ofSeconds(3);
    private PasswordHasher hasher = (password, hash) -> hash.matches(password);

    private Builder(UserDirectory users, TokenSecret secret) {
      this.users = requireNonNull(users, "users");
      this.secret = requireNonNull(secret, "secret");
    }

    /**
     * Sets who makes the tokens, the claim {@code iss}: 1 to 128 visible ASCII characters. The
     * default is {@code hot-updater}.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public Builder issuer(String issuer) {
      this.issuer = checkedName("issuer", issuer);
      return this;
    }

    /**
     * Sets whom the tokens are for, the claim {@code aud}: 1 to 128 visible ASCII characters. The
     * default is {@code hot-updater}. Two servers with the same secret and different audiences do
     * not take each other's tokens.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public Builder audience(String audience) {
      this.audience = checkedName("audience", audience);
      return this;
    }

    /**
     * Sets for how long a token works, 1 minute to 24 hours; fractions of a second do not count.
     * The default is an hour.
     *
     * @throws IllegalArgumentException if it is shorter or longer
     */
    public Builder lifetime(Duration lifetime) {
      requireBetween("The lifetime of tokens", lifetime, MIN_LIFETIME, MAX_LIFETIME);
      this.lifetime = lifetime;
      return this;
    }

    /**
     * Sets by how much the clocks of the servers behind one address may differ, 0 to 60 seconds; so
     * much longer does a token work. Fractions of a second do not count. The default is 30 seconds.
     *
     * @throws IllegalArgumentException if it is less or more
     */
    public Builder clockSkew(Duration clockSkew) {
      requireBetween("The difference of clocks", clockSkew, Duration.ZERO, MAX_CLOCK_SKEW);
      this.clockSkew = clockSkew;
      return this;
    }

    /**
     * Adds a secret whose tokens are still taken, so that the secret can be replaced without
     * signing everybody out: leave it there for as long as a token works. There may be eight.
     */
    public Builder previousSecret(TokenSecret previous) {
      previousSecrets.add(requireNonNull(previous, "previous"));
      return this;
    }

    /**
     * Sets how many sign-ins are checked at the same time, 1 to 64; each takes the memory and one
     * core for its hashes. Four times as many may wait for their turn, for 3 seconds each; others
     * are told to come again. The default is 2.
     *
     * @throws IllegalArgumentException if it is less or more
     */
    public Builder concurrentLogins(int concurrentLogins) {
      if (concurrentLogins < 1 || concurrentLogins > MAX_CONCURRENT_LOGINS) {
        throw new IllegalArgumentException(
            "The number of concurrent sign-ins must be 1 to " + MAX_CONCURRENT_LOGINS + ".");
      }
      this.concurrentLogins = concurrentLogins;
      return this;
    }

    Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    Builder hasher(PasswordHasher hasher) {
      this.hasher = hasher;
      return this;
    }

    Builder patience(Duration patience) {
      this.patience = patience;
      return this;
    }

    /**
     * Builds the login.
     *
     * @throws IllegalArgumentException if a secret is there twice, there are more than eight
     *     previous ones, or the users have hashes of no kind or of more than four
     */
    public TokenLogin build() {
      return new TokenLogin(this);
    }

    private TokenTerms terms() {
      return new TokenTerms(issuer, audience, lifetime, clockSkew, clock);
    }

    private List<TokenSecret> secrets() {
      List<TokenSecret> all = Stream.concat(Stream.of(secret), previousSecrets.stream()).toList();
      if (previousSecrets.size() > MAX_PREVIOUS_SECRETS) {
        throw new IllegalArgumentException(
            "There are more than "
                + MAX_PREVIOUS_SECRETS
                + " previous secrets. Remove the oldest.");
      }
      if (all.stream().map(TokenSecret::keyId).distinct().count() < all.size()) {
        throw new IllegalArgumentException(
            "A secret of tokens was given twice. Remove it from the previous ones, or set a new"
                + " one.");
      }
      return all;
    }

    private static String checkedName(String what, String text) {
      if (!NAME.matcher(text).matches()) {
        throw new IllegalArgumentException(
            "The " + what + " of tokens must have 1 to 128 visible ASCII characters.");
      }
      return text;
    }

    private static void requireBetween(String what, Duration value, Duration min, Duration max) {
      if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
        throw new IllegalArgumentException(
            what + " must be " + min.toSeconds() + " to " + max.toSeconds() + " seconds.");
      }
    }
  }
}
