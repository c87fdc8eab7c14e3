package dev.darkroom.media.format;

/**
 * How a photo is coded, as far as that decides who decodes it and what that takes.
 *
 * @param progressive whether a decoder must hold all of a JPEG at once, not a few lines
 * @param inks whether a JPEG holds four components: the inks of a printing press
 * @param profiled whether the file says in what colours it is to be read
 */
public record PhotoCoding(boolean progressive, boolean inks, boolean profiled) {

    /** Nothing out of the ordinary. */
    public static final PhotoCoding PLAIN = new PhotoCoding(false, false, false);

    static PhotoCoding profiled(boolean profiled) {
        return new PhotoCoding(false, false, profiled);
    }
}
