package dev.darkroom.media;

import java.io.IOException;
import java.io.InputStream;

/**
 * An object of the photo store, being read. Close it: it holds a connection.
 *
 * @param length in bytes
 */
public record StoredObject(InputStream content, long length, String contentType) implements AutoCloseable {

    @Override
    public void close() throws IOException {
        content.close();
    }
}
