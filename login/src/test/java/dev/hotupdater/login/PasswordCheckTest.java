package dev.hotupdater.login;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.database.DatabaseUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordCheckTest {
  private static final HashKind DEARER = new Argon2idKind(16, 2, 1);
  private static final HashKind BCRYPT = new BcryptKind(4);

  /** What each hash that was computed has cost. */
  private final List<HashKind> work = new ArrayList<>();

  private PasswordCheck check(UserDirectory users) {
    return new PasswordCheck(
        users,
        (password, hash) -> {
          work.add(hash.kind());
          return hash.matches(password);
        },
        new Turns(1, Duration.ZERO));
  }

  private List<HashKind> workOf(PasswordCheck check, String userName, String password) {
    work.clear();
    check.check(userName, password);
    return List.copyOf(work);
  }

  @Test
  void check_rightPassword_isTheHashOfTheUser() {
    Users users = Samples.users();

    assertEquals(users.find("alice"), check(users).check("alice", Samples.PASSWORD));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "correct", "correct horse ", "Correct horse"})
  void check_wrongPassword_isEmpty(String password) {
    assertEquals(Optional.empty(), check(Samples.users()).check("alice", password));
  }

  @Test
  void check_unknownUser_isEmpty() {
    assertEquals(Optional.empty(), check(Samples.users()).check("bob", Samples.PASSWORD));
    assertEquals(Optional.empty(), check(Users.builder().build()).check("bob", Samples.PASSWORD));
  }

  @Test
  void check_rightOrWrongOrUnknown_isOneHashWithTheSameParameters() {
    PasswordCheck check = check(Samples.users());

    List<HashKind> one = List.of(Samples.CHEAP);
    assertEquals(one, workOf(check, "alice", Samples.PASSWORD));
    assertEquals(one, workOf(check, "alice", "wrong password"));
    assertEquals(one, workOf(check, "bob", Samples.PASSWORD));
  }

  @Test
  void check_usersWithHashesOfDifferentKinds_isTheSameWorkForEverybody() {
    Users users =
        Users.builder()
            .add("cheap", Samples.cheapHash(Samples.PASSWORD))
            .add("dear", ((Argon2idKind) DEARER).hash(Samples.PASSWORD.getBytes(UTF_8)))
            .add("old", BCRYPT.decoy())
            .build();
    PasswordCheck check = check(users);
    List<HashKind> expected = workOf(check, "nobody", Samples.PASSWORD);

    assertEquals(Set.of(Samples.CHEAP, DEARER, BCRYPT), Set.copyOf(expected));
    assertEquals(3, expected.size());
    for (String name : List.of("cheap", "dear", "old")) {
      assertEquals(expected, workOf(check, name, Samples.PASSWORD), name);
      assertEquals(expected, workOf(check, name, "wrong password"), name);
    }
    assertTrue(check.check("cheap", Samples.PASSWORD).isPresent());
    assertTrue(check.check("dear", Samples.PASSWORD).isPresent());
  }

  @Test
  void check_hashOfKindThatIsNotListed_isCheckedAllTheSame() {
    UserDirectory directory =
        new UserDirectory() {
          @Override
          public Optional<PasswordHash> find(String name) {
            return Samples.users().find(name);
          }

          @Override
          public Set<HashKind> kinds() {
            return Set.of(BCRYPT);
          }
        };
    PasswordCheck check = check(directory);

    assertTrue(check.check("alice", Samples.PASSWORD).isPresent());
    assertTrue(check.check("alice", "wrong password").isEmpty());
    assertEquals(List.of(BCRYPT, Samples.CHEAP), workOf(check, "alice", Samples.PASSWORD));
  }

  @Test
  void check_tooLongOrMalformed_isRefusedBeforeAnyWork() {
    PasswordCheck check =
        check(
            name -> {
              throw new IllegalStateException("was asked for " + name);
            });

    assertEquals(Optional.empty(), check.check("alice", "a".repeat(1_025)));
    assertEquals(Optional.empty(), check.check("alice", "é".repeat(513)));
    assertEquals(Optional.empty(), check.check("alice", "a".repeat(10_000_000)));
    assertEquals(Optional.empty(), check.check("alice", "\ud800password"));
    assertEquals(Optional.empty(), check.check("alice", ""));
    assertEquals(Optional.empty(), check.check("a".repeat(255), Samples.PASSWORD));
    assertEquals(Optional.empty(), check.check("a\nb", Samples.PASSWORD));
    assertEquals(Optional.empty(), check.check("", Samples.PASSWORD));
    assertEquals(List.of(), work);
  }

  @Test
  void check_longestPassword_isTaken() {
    String longest = "é".repeat(512);
    Users users = Users.builder().add("alice", Samples.cheapHash(longest)).build();

    assertTrue(check(users).check("alice", longest).isPresent());
  }

  @Test
  void check_directoryThatIsAway_saysSoAndGivesItsTurnBack() {
    PasswordCheck check =
        check(
            name -> {
              if (name.equals("alice")) {
                throw new DatabaseUnavailableException("away");
              }
              return Optional.empty();
            });

    for (int i = 0; i < 10; i++) {
      assertThrows(
          DatabaseUnavailableException.class, () -> check.check("alice", Samples.PASSWORD));
    }
  }

  @Test
  void create_usersWithTooManyKindsOrNone_isRefused() {
    Users.Builder users = Users.builder();
    for (int passes = 1; passes <= 5; passes++) {
      users.add("user" + passes, new Argon2idKind(8, passes, 1).decoy());
    }

    assertThrows(IllegalArgumentException.class, () -> check(users.build()));
    assertThrows(IllegalArgumentException.class, () -> check(withoutKinds()));
  }

  private static UserDirectory withoutKinds() {
    return new UserDirectory() {
      @Override
      public Optional<PasswordHash> find(String name) {
        return Optional.empty();
      }

      @Override
      public Set<HashKind> kinds() {
        return Set.of();
      }
    };
  }
}
