package dev.darkroom.jobs.sensitive;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * {@code sensitive:1:<key id>:<Base64 of nonce and AES-GCM's output>}; the type and the place are authenticated with it, so
 * that a value cannot be moved to another job's place by whoever can write rows.
 */
record EncryptedForm(SensitiveKeys keys, String type) implements SensitiveForm {

    private static final String PREFIX = MARK + "1:";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    @Override
    public String write(String value, String place) {
        SensitiveKeys.Named key = keys.current();
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        try {
            byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, key.key(), nonce, place)
                    .doFinal(value.getBytes(StandardCharsets.UTF_8));
            byte[] all = ByteBuffer.allocate(NONCE + encrypted.length)
                    .put(nonce)
                    .put(encrypted)
                    .array();
            return PREFIX + key.id() + ":" + Base64.getEncoder().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES-GCM", e);
        }
    }

    @Override
    public String read(String stored, String place) {
        String[] parts = stored.split(":", 4);
        if (!stored.startsWith(PREFIX) || parts.length != 4) {
            throw new IllegalArgumentException("A sensitive value is not encrypted");
        }
        SecretKey key = keys.named(parts[2]);
        try {
            byte[] all = Base64.getDecoder().decode(parts[3]);
            if (all.length < NONCE) {
                throw new IllegalArgumentException("A sensitive value is cut off");
            }
            byte[] nonce = ByteBuffer.allocate(NONCE).put(all, 0, NONCE).array();
            byte[] value = cipher(Cipher.DECRYPT_MODE, key, nonce, place).doFinal(all, NONCE, all.length - NONCE);
            return new String(value, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "A sensitive value is not what key '" + parts[2] + "' has encrypted for " + type + "/" + place, e);
        }
    }

    private Cipher cipher(int mode, SecretKey key, byte[] nonce, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((type + "/" + place).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
