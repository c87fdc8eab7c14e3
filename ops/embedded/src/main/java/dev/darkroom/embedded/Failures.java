package dev.darkroom.embedded;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says in words what the file system refused. */
final class Failures {

    private static final long MEGABYTE = 1 << 20;

    private Failures() {}

    static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied for user " + System.getProperty("user.name");
        }
        if (e instanceof FileSystemException refused && refused.getReason() != null) {
            return refused.getReason();
        }
        return String.valueOf(e.getMessage());
    }

    /** Fails when the disk that holds the existing folder has fewer bytes left. */
    static void requireFreeSpace(Path folder, long bytes, String purpose) throws IOException {
        long usable = Files.getFileStore(folder).getUsableSpace();
        if (usable < bytes) {
            throw new EmbeddedServerException("The disk that holds " + folder + " has only " + usable / MEGABYTE
                    + " MB left, and " + purpose + " needs " + bytes / MEGABYTE
                    + " MB: free some space or choose a folder on another disk.");
        }
    }
}
