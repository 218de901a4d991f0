package dev.hotupdater.login;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A fixed set of users with their password hashes. Immutable. */
public final class Users implements UserDirectory {
  private final Map<String, PasswordHash> hashes;
  private final Set<HashKind> kinds;

  private Users(Builder builder) {
    hashes = Map.copyOf(builder.hashes);
    kinds =
        hashes.isEmpty()
            ? Set.of(HashKind.recommended())
            : hashes.values().stream()
                .map(PasswordHash::kind)
                .collect(Collectors.toUnmodifiableSet());
  }

  /** A builder without any user. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Optional<PasswordHash> find(String name) {
    return Optional.ofNullable(hashes.get(name));
  }

  @Override
  public Set<HashKind> kinds() {
    return kinds;
  }

  @Override
  public String toString() {
    return "Users[" + hashes.size() + "]";
  }

  /** Builds {@link Users}. Not thread-safe. */
  public static final class Builder {
    private final Map<String, PasswordHash> hashes = new LinkedHashMap<>();

    private Builder() {}

    /**
     * Adds a user.
     *
     * @param name 1 to 254 UTF-16 units without control characters; letter case matters
     * @throws IllegalArgumentException if the name is not such, or there is already a user with it
     */
    public Builder add(String name, PasswordHash hash) {
      if (!UserNames.isName(name)) {
        throw new IllegalArgumentException(
            "The name of a user must have 1 to "
                + UserNames.MAX_LENGTH
                + " characters, and none that control a terminal.");
      }
      if (hashes.putIfAbsent(name, requireNonNull(hash, "hash")) != null) {
        throw new IllegalArgumentException(
            "There are two users with the name \"" + name + "\". Remove one of them.");
      }
      return this;
    }

    /** Builds the set. */
    public Users build() {
      return new Users(this);
    }
  }
}
