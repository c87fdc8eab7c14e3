package dev.darkroom.workers.media;

/** A photo that cannot be decoded, now or later. */
final class DamagedPhotoException extends Exception {

    private static final long serialVersionUID = 1L;

    DamagedPhotoException(String message, Throwable cause) {
        super(message, cause);
    }

    DamagedPhotoException(String message) {
        super(message);
    }
}
