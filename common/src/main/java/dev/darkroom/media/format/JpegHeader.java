package dev.darkroom.media.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Walks the markers of a JPEG (ITU-T T.81, annex B) to its end. Used once. */
final class JpegHeader {

    /** Each scan is a pass over the whole picture; cameras and editors write at most about a dozen. */
    private static final int MOST_SCANS = 64;

    private static final int START_OF_IMAGE = 0xD8;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int START_OF_SCAN = 0xDA;
    private static final int APP1 = 0xE1;
    private static final int APP2 = 0xE2;
    private static final int BASELINE = 0xC0;
    private static final int EXTENDED = 0xC1;
    private static final int PROGRESSIVE = 0xC2;
    private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};
    private static final byte[] PROFILE = "ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII);

    private final PhotoInput input;
    private int frame;
    private int width;
    private int height;
    private int scans;
    private boolean inks;
    private boolean profiled;
    private Exif exif = Exif.NONE;

    JpegHeader(PhotoInput input) {
        this.input = input;
    }

    PhotoHeader read() throws IOException, UnusablePhotoException {
        input.skip(2);
        int marker = nextMarker();
        while (marker != END_OF_IMAGE) {
            marker = readSegment(marker);
        }
        if (scans == 0) {
            throw new UnusablePhotoException("The JPEG holds no picture");
        }
        PhotoCoding coding = new PhotoCoding(frame == PROGRESSIVE, inks, profiled);
        return new PhotoHeader(PhotoType.JPEG, width, height, coding, exif);
    }

    private int readSegment(int marker) throws IOException, UnusablePhotoException {
        if (isStandalone(marker)) {
            return nextMarker();
        }
        int length = input.u16() - 2;
        if (length < 0) {
            throw new UnusablePhotoException("The JPEG is damaged");
        }
        if (isFrame(marker)) {
            readFrame(marker, length);
        } else if (marker == APP1) {
            readApplicationData(length);
        } else if (marker == APP2) {
            profiled |= startsWith(input.bytes(length), PROFILE);
        } else {
            input.skip(length);
        }
        return marker == START_OF_SCAN ? skipScan() : nextMarker();
    }

    private int nextMarker() throws IOException, UnusablePhotoException {
        if (input.u8() != 0xFF) {
            throw new UnusablePhotoException("The JPEG is damaged");
        }
        int marker = input.u8();
        while (marker == 0xFF) {
            marker = input.u8();
        }
        return marker;
    }

    private void readFrame(int marker, int length) throws IOException, UnusablePhotoException {
        if (marker != BASELINE && marker != EXTENDED && marker != PROGRESSIVE) {
            throw new UnusablePhotoException(
                    "This rare kind of JPEG is not accepted; save the photo again as plain JPEG");
        }
        if (frame != 0 || length < 6) {
            throw new UnusablePhotoException("The JPEG is damaged");
        }
        frame = marker;
        int precision = input.u8();
        height = input.u16();
        width = input.u16();
        int components = input.u8();
        inks = components == 4;
        if (precision != 8 || !(components == 1 || components == 3 || components == 4)) {
            throw new UnusablePhotoException(
                    "This rare kind of JPEG is not accepted; save the photo with 8-bit colours");
        }
        input.skip(length - 6);
    }

    private void readApplicationData(int length) throws IOException {
        byte[] data = input.bytes(length);
        if (startsWith(data, EXIF) && exif.equals(Exif.NONE)) {
            exif = Exif.read(Arrays.copyOfRange(data, EXIF.length, data.length));
        }
    }

    private static boolean startsWith(byte[] data, byte[] start) {
        return data.length > start.length && Arrays.equals(data, 0, start.length, start, 0, start.length);
    }

    /** Passes over the entropy-coded data and returns the marker behind it. */
    private int skipScan() throws IOException, UnusablePhotoException {
        if (frame == 0) {
            throw new UnusablePhotoException("The JPEG is damaged");
        }
        if (++scans > MOST_SCANS) {
            throw new UnusablePhotoException(
                    "The JPEG is built of too many layers; save the photo again as plain JPEG");
        }
        while (true) {
            int marker = input.u8() == 0xFF ? input.u8() : 0;
            while (marker == 0xFF) {
                marker = input.u8();
            }
            if (marker != 0 && !isStandalone(marker)) {
                return marker;
            }
        }
    }

    private static boolean isStandalone(int marker) {
        return marker == 0x01 || (marker >= 0xD0 && marker <= START_OF_IMAGE);
    }

    // C4, C8 and CC lie among the frame markers but define tables.
    private static boolean isFrame(int marker) {
        return marker >= BASELINE && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }
}
