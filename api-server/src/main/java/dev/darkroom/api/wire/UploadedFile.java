package dev.darkroom.api.wire;

import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A part of a multipart body, which vanishes with the request. The file name and the type that the client gave are not here:
 * they are hostile text, and the content decides. For one thread.
 */
public final class UploadedFile {

    private final Part part;
    private final Path folder;
    private @Nullable Path file;

    UploadedFile(Part part, Path folder) {
        this.part = part;
        this.folder = folder;
    }

    /** Whether the client meant a file: it gave a file name, however odd. Else it is a text field. */
    boolean isFile() {
        return part.getSubmittedFileName() != null;
    }

    /** Of the form field. */
    String name() {
        return Objects.requireNonNullElse(part.getName(), "");
    }

    InputStream open() throws IOException {
        return part.getInputStream();
    }

    /** Bytes. */
    public long size() {
        return part.getSize();
    }

    /** The content as a file under a name of ours; small parts are written to it only now. */
    public Path file() throws IOException {
        if (file == null) {
            Path target = folder.resolve("upload-" + UUID.randomUUID());
            file = target;
            part.write(target.toString());
        }
        return file;
    }

    void remove() throws IOException {
        part.delete();
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }
}
