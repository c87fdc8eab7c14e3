package dev.darkroom.media.format;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Reads the size of a HEIC photo from the boxes of its file (ISO/IEC 14496-12 and 23008-12): the properties {@code ispe} in
 * {@code meta/iprp/ipco}. A photo may be a grid of tiles that have sizes too; its own is the largest. Used once.
 */
final class HeicHeader {

    /** Properties and places; pictures lie outside. Cameras write some kilobytes. */
    private static final int LARGEST_META = 1 << 20;

    private static final int BOX_HEADER = 8;
    private static final int META = 0x6D657461;
    private static final int PROPERTIES = 0x69707270;
    private static final int CONTAINER = 0x6970636F;
    private static final int SIZE = 0x69737065;
    private static final int TURN = 0x69726F74;
    private static final int COLOURS = 0x636F6C72;
    private static final int FLAGS = 4;

    /** Properties in a container in a box of properties. */
    private static final int DEEPEST = 2;

    private static final int SIZE_LENGTH = 12;

    private final PhotoInput input;
    private int width;
    private int height;
    private boolean sideways;
    private boolean profiled;
    private int box;

    HeicHeader(PhotoInput input) {
        this.input = input;
    }

    PhotoHeader read() throws IOException, UnusablePhotoException {
        long length = nextBox();
        while (box != META) {
            input.skip(length);
            length = nextBox();
        }
        if (length < FLAGS || length > LARGEST_META) {
            throw damaged();
        }
        ByteBuffer meta = ByteBuffer.wrap(input.bytes((int) length));
        readBoxes(meta.position(FLAGS), 0);
        PhotoCoding coding = PhotoCoding.profiled(profiled);
        // Decoders apply the turn that the file asks for, so the picture arrives upright.
        return sideways
                ? new PhotoHeader(PhotoType.HEIC, height, width, coding, Exif.NONE)
                : new PhotoHeader(PhotoType.HEIC, width, height, coding, Exif.NONE);
    }

    private long nextBox() throws IOException, UnusablePhotoException {
        long length = input.u32() - BOX_HEADER;
        box = (int) input.u32();
        // A length of 0 or 1, to the end or in 64 bits, is for the pictures, which follow.
        if (length < 0) {
            throw damaged();
        }
        return length;
    }

    private void readBoxes(ByteBuffer boxes, int depth) throws UnusablePhotoException {
        while (boxes.remaining() >= BOX_HEADER) {
            long length = Integer.toUnsignedLong(boxes.getInt()) - BOX_HEADER;
            int kind = boxes.getInt();
            if (length < 0 || length > boxes.remaining()) {
                throw damaged();
            }
            ByteBuffer content = boxes.slice(boxes.position(), (int) length);
            boxes.position(boxes.position() + (int) length);
            readBox(kind, content, depth);
        }
    }

    private void readBox(int kind, ByteBuffer content, int depth) throws UnusablePhotoException {
        switch (kind) {
            case PROPERTIES, CONTAINER -> {
                if (depth < DEEPEST) {
                    readBoxes(content, depth + 1);
                }
            }
            case SIZE -> readSize(content);
            case TURN -> sideways |= content.hasRemaining() && (content.get() & 1) == 1;
            case COLOURS -> profiled |= content.remaining() >= 4 && isProfile(content.getInt());
            default -> {}
        }
    }

    private void readSize(ByteBuffer size) throws UnusablePhotoException {
        if (size.remaining() < SIZE_LENGTH) {
            throw damaged();
        }
        long wide = Integer.toUnsignedLong(size.getInt(FLAGS));
        long high = Integer.toUnsignedLong(size.getInt(FLAGS + 4));
        if (wide > Integer.MAX_VALUE || high > Integer.MAX_VALUE) {
            throw damaged();
        }
        if (wide * high > (long) width * height) {
            width = (int) wide;
            height = (int) high;
        }
    }

    // "prof" and "rICC" are followed by an ICC profile; "nclx" names colours by number.
    private static boolean isProfile(int kind) {
        return kind == 0x70726F66 || kind == 0x72494343;
    }

    private static UnusablePhotoException damaged() {
        return new UnusablePhotoException("The HEIC is damaged");
    }
}
