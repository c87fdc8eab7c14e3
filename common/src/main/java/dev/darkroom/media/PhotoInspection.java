package dev.darkroom.media;

import dev.darkroom.media.format.Coordinates;
import dev.darkroom.media.format.Orientation;
import dev.darkroom.media.format.PhotoCoding;
import dev.darkroom.media.format.PhotoType;
import org.jspecify.annotations.Nullable;

/** What became of looking at an upload. */
public sealed interface PhotoInspection {

    /**
     * A photo that may be stored; only decoding can still show that it is damaged inside.
     *
     * @param type by content
     * @param width of the stored picture in pixels, before its orientation is applied
     * @param height like the width
     * @param orientation how it must be turned to stand upright
     * @param coding how it is coded
     * @param taken where the camera says that the photo was taken, if it does; private to the owner
     */
    record Accepted(
            PhotoType type,
            int width,
            int height,
            Orientation orientation,
            PhotoCoding coding,
            @Nullable Coordinates taken)
            implements PhotoInspection {

        /** The same photo, if its pixels stand upright as they are stored. */
        public Accepted upright() {
            return new Accepted(type, width, height, Orientation.UPRIGHT, coding, taken);
        }

        /** Of the upright picture, in pixels. */
        public int uprightWidth() {
            return orientation.swapsSides() ? height : width;
        }

        /** Of the upright picture, in pixels. */
        public int uprightHeight() {
            return orientation.swapsSides() ? width : height;
        }
    }

    /** @param reason what is wrong and what to do, for the person who sent it */
    record Refused(String reason) implements PhotoInspection {}
}
