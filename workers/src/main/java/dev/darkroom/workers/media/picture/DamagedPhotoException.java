package dev.darkroom.workers.media.picture;

/** A photo that cannot be shown, now or later; the message is for the person who sent it. */
public final class DamagedPhotoException extends Exception {

    private static final long serialVersionUID = 1L;

    private DamagedPhotoException(String message, Throwable cause) {
        super(message, cause);
    }

    static DamagedPhotoException damaged(Throwable cause) {
        return new DamagedPhotoException("The photo is damaged and cannot be shown; send it again", cause);
    }

    static DamagedPhotoException notHere(String format) {
        return new DamagedPhotoException(
                format + " photos cannot be shown here; send it as JPEG",
                new IllegalStateException("No decoder is installed"));
    }

    static DamagedPhotoException tooSlow(Throwable cause) {
        return new DamagedPhotoException(
                "The photo takes too long to be decoded; save it again as plain JPEG and send that", cause);
    }
}
