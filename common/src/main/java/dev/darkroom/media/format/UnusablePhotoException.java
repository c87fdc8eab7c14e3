package dev.darkroom.media.format;

/** The file cannot be a photo of ours; the message is for the person who sent it. */
public final class UnusablePhotoException extends Exception {

    private static final long serialVersionUID = 1L;

    public UnusablePhotoException(String reason) {
        super(reason);
    }
}
