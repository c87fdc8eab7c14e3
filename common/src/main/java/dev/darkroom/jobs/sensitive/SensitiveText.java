package dev.darkroom.jobs.sensitive;

/**
 * A component of a job's record that nobody but its handler should read. The default codec stores it encrypted (AES-GCM,
 * {@link SensitiveKeys}); wherever the record is printed it says {@code ***}; a failure in whose text it occurs is masked.
 * A type rather than an annotation, so that it cannot be printed by accident.
 *
 * @param value the text itself, for the handler
 */
public record SensitiveText(String value) {

    public static SensitiveText of(String value) {
        return new SensitiveText(value);
    }

    @Override
    public String toString() {
        return Masked.STARS;
    }
}
