package dev.darkroom.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Held by the one starter that runs a server on a data folder. The system releases it when the starter dies, so a
 * server found on a folder whose lock is free is an orphan. The lock lies in a file beside the folder.
 */
final class FolderLock implements AutoCloseable {

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    static FolderLock take(Path folder) {
        Path file = folder.resolveSibling(folder.getFileName() + ".lock");
        try {
            Files.createDirectories(file.getParent());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                if (channel.tryLock() == null) {
                    throw new OverlappingFileLockException();
                }
            } catch (OverlappingFileLockException e) {
                channel.close();
                throw inUse(folder, file);
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(
                    String.valueOf(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new FolderLock(channel);
        } catch (IOException e) {
            throw new EmbeddedServerException(
                    "Could not write " + file + " (" + Failures.reason(e)
                            + "): choose a data folder that this user may write, or change its owner.",
                    e);
        }
    }

    /** Closing twice does no harm. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new EmbeddedServerException("Could not release the lock of a data folder: " + e.getMessage(), e);
        }
    }

    private static EmbeddedServerException inUse(Path folder, Path file) throws IOException {
        return new EmbeddedServerException("The data folder " + folder + " is in use by process "
                + Files.readString(file, StandardCharsets.US_ASCII)
                + ": stop that one or choose another data folder.");
    }
}
