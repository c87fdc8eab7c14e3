package dev.darkroom.api.wire;

import java.nio.file.Path;

/**
 * What one multipart request may take.
 *
 * @param folder where parts are held while the request runs; the disk below it is the only thing an upload fills
 * @param largestFile bytes of one part
 * @param largestRequest bytes of the whole body, boundaries included
 * @param mostParts fields and files together
 */
public record UploadLimits(Path folder, long largestFile, long largestRequest, int mostParts) {

    /** A part up to this size stays in memory, so that text fields need no file. Bytes. */
    static final int MEMORY_THRESHOLD = 8 * 1024;

    /** Text of one field; a caption of 2,200 characters fits many times. Bytes. */
    static final int LARGEST_FIELD = 64 * 1024;

    /** What a request may hold beside its largest file: fields, headers, boundaries. Bytes. */
    public static final int ROOM_BESIDE_FILE = 256 * 1024;
}
