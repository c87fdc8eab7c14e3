package dev.darkroom.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.config.Secret;
import org.junit.jupiter.api.Test;

class PasswordsTest {

    private final Passwords passwords = new Passwords(4);

    @Test
    void only_the_password_itself_matches_its_hash() {
        String hash = passwords.hash(Secret.of("pässwörd 🔑"));

        assertThat(hash).startsWith("$2a$04$").doesNotContain("pässwörd");
        assertThat(passwords.matches(Secret.of("pässwörd 🔑"), hash)).isTrue();
        assertThat(passwords.matches(Secret.of("passwörd 🔑"), hash)).isFalse();
    }

    @Test
    void the_same_password_is_hashed_differently_each_time() {
        assertThat(passwords.hash(Secret.of("one"))).isNotEqualTo(passwords.hash(Secret.of("one")));
    }

    @Test
    void long_passwords_that_differ_at_their_end_differ() {
        String hash = passwords.hash(Secret.of("x".repeat(100) + "a"));

        assertThat(passwords.matches(Secret.of("x".repeat(100) + "a"), hash)).isTrue();
        assertThat(passwords.matches(Secret.of("x".repeat(100) + "b"), hash)).isFalse();
    }
}
