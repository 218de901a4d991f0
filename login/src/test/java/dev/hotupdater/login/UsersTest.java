package dev.hotupdater.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsersTest {
  private static final PasswordHash HASH = Samples.cheapHash("password");

  @Test
  void find_isByTheExactName() {
    Users users = Users.builder().add("alice", HASH).build();

    assertEquals(Optional.of(HASH), users.find("alice"));
    assertEquals(Optional.empty(), users.find("Alice"));
    assertEquals(Optional.empty(), users.find("bob"));
  }

  @Test
  void build_laterAdditions_doNotChangeTheUsers() {
    Users.Builder builder = Users.builder();
    Users users = builder.build();
    builder.add("alice", HASH);

    assertEquals(Optional.empty(), users.find("alice"));
  }

  @Test
  void kinds_areThoseInUse() {
    PasswordHash bcrypt = new BcryptKind(4).decoy();

    assertEquals(
        Set.of(Samples.CHEAP, bcrypt.kind()),
        Users.builder().add("a", HASH).add("b", bcrypt).add("c", HASH).build().kinds());
    assertEquals(Set.of(HashKind.recommended()), Users.builder().build().kinds());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\nb", "a\u001b[2Jb", "a\u0000", "\ud800"})
  void add_nameThatCannotBeOne_isRefused(String name) {
    assertThrows(IllegalArgumentException.class, () -> Users.builder().add(name, HASH));
  }

  @Test
  void add_longName_isRefused() {
    Users.Builder users = Users.builder().add("a".repeat(254), HASH);

    assertThrows(IllegalArgumentException.class, () -> users.add("a".repeat(255), HASH));
  }

  @Test
  void add_sameNameTwice_isRefused() {
    Users.Builder users = Users.builder().add("alice", HASH);

    assertThrows(IllegalArgumentException.class, () -> users.add("alice", HASH));
  }

  @Test
  void toString_hasNeitherNamesNorHashes() {
    String text = Samples.users().toString();

    assertFalse(text.contains("alice") || text.contains("$"), text);
    assertTrue(text.contains("1"), text);
  }
}
