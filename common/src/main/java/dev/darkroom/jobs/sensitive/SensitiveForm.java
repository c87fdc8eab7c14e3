package dev.darkroom.jobs.sensitive;

/** How sensitive values are written into arguments. Thread-safe. */
public sealed interface SensitiveForm permits EncryptedForm, ClearForm {

    /** What each of them begins with, so that they are known without the type's class. */
    String MARK = "sensitive:";

    /** @param place of the value: what was written at another cannot be read at this one */
    String write(String value, String place);

    /**
     * Reads what {@link #write} wrote at the same place.
     *
     * @throws MissingKeyException if it was written with a key that is not there
     * @throws IllegalArgumentException if it was not written so; the message does not show it
     */
    String read(String stored, String place);

    /** @param type in whose jobs the values are: part of their places */
    static SensitiveForm encrypted(SensitiveKeys keys, String type) {
        return new EncryptedForm(keys, type);
    }

    /** Readable, for golden files. */
    static SensitiveForm clear() {
        return new ClearForm();
    }
}
