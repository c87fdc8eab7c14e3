package dev.darkroom.gearman.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * A function's name, a unique key or a handle: opaque bytes to the server, so the text is those bytes one to one.
 *
 * @param text equal exactly if the bytes are
 */
@SuppressWarnings("ArrayRecordComponent") // Equality by the text is given below.
record Name(String text, byte[] bytes) {

    Name(byte[] bytes) {
        this(new String(bytes, ISO_8859_1), bytes);
    }

    Name(String text) {
        this(text, text.getBytes(ISO_8859_1));
    }

    boolean isEmpty() {
        return bytes.length == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Name name && text.equals(name.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
