package dev.darkroom.media.format;

import com.drew.lang.RandomAccessReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifTiffHandler;
import com.drew.metadata.exif.GpsDirectory;
import java.io.IOException;
import java.util.Set;

/**
 * Keeps the orientation and the position, and walks into no other directory: thousands of tags that share one large value,
 * or directories chained in rings, then cost nothing.
 */
final class WantedTags extends ExifTiffHandler {

    /** Three rationals, the longest value we want, take 24 bytes. */
    private static final int LONGEST_VALUE = 64;

    private boolean inPosition;

    WantedTags(Metadata metadata) {
        super(metadata, null, 0);
    }

    @Override
    public boolean tryEnterSubIfd(int tag) {
        if (inPosition || tag != ExifIFD0Directory.TAG_GPS_INFO_OFFSET) {
            return false;
        }
        inPosition = super.tryEnterSubIfd(tag);
        return inPosition;
    }

    @Override
    public boolean hasFollowerIfd() {
        return false;
    }

    /** Answers whether the tag needs no more processing. */
    @Override
    public boolean customProcessTag(
            int offset, Set<Integer> processed, int header, RandomAccessReader reader, int tag, int length)
            throws IOException {
        return length > LONGEST_VALUE || !isWanted(tag);
    }

    private boolean isWanted(int tag) {
        return _currentDirectory instanceof GpsDirectory
                ? tag <= GpsDirectory.TAG_LONGITUDE
                : tag == ExifIFD0Directory.TAG_ORIENTATION;
    }
}
