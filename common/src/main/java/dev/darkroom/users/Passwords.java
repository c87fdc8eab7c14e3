package dev.darkroom.users;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import dev.darkroom.config.Secret;
import java.nio.charset.StandardCharsets;

/** Hashes passwords by bcrypt. Thread-safe. */
public final class Passwords {

    /** Twice the time with each step: 10 takes some 70 ms of one core. */
    private static final int DEFAULT_COST = 10;

    private final int cost;
    private final BCrypt.Hasher hasher;
    private final BCrypt.Verifyer verifyer;

    public Passwords() {
        this(DEFAULT_COST);
    }

    /** @param cost 4 to 31 */
    public Passwords(int cost) {
        this.cost = cost;
        // bcrypt reads 72 bytes; longer passwords are hashed to fit, rather than cut.
        var longPasswords = LongPasswordStrategies.hashSha512(BCrypt.Version.VERSION_2A);
        this.hasher = BCrypt.with(longPasswords);
        this.verifyer = BCrypt.verifyer(BCrypt.Version.VERSION_2A, longPasswords);
    }

    public String hash(Secret password) {
        return hasher.hashToString(cost, password.value().toCharArray());
    }

    public boolean matches(Secret password, String hash) {
        byte[] stored = hash.getBytes(StandardCharsets.UTF_8);
        return verifyer.verify(password.value().getBytes(StandardCharsets.UTF_8), stored).verified;
    }
}
