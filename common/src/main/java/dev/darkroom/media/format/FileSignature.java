package dev.darkroom.media.format;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Tells a file's type from how it begins; neither its name nor what the client says counts. */
final class FileSignature {

    /** As many leading bytes as any signature below needs. */
    static final int LENGTH = 32;

    private static final String ACCEPTED = "send a JPEG, PNG, GIF or WebP photo";

    private FileSignature() {}

    /** @throws UnusablePhotoException if it is none of ours, naming what it is where that can be told */
    static PhotoType typeOf(byte[] start) throws UnusablePhotoException {
        String text = new String(start, StandardCharsets.ISO_8859_1);
        if (text.startsWith("\u00FF\u00D8\u00FF")) {
            return PhotoType.JPEG;
        }
        if (text.startsWith("\u0089PNG\r\n\u001A\n")) {
            return PhotoType.PNG;
        }
        if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) {
            return PhotoType.GIF;
        }
        if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) {
            return PhotoType.WEBP;
        }
        if (isHeic(brand(text))) {
            return PhotoType.HEIC;
        }
        throw new UnusablePhotoException(refusal(text));
    }

    // The brands are those of ISO/IEC 23008-12 (HEIF) and of AVIF; they stand behind "ftyp" at byte 8.
    private static String brand(String text) {
        return text.startsWith("ftyp", 4) ? text.substring(8, Math.min(12, text.length())) : "";
    }

    private static boolean isHeic(String brand) {
        return brand.startsWith("hei") || brand.startsWith("hev") || brand.equals("mif1") || brand.equals("msf1");
    }

    private static String refusal(String text) {
        String brand = brand(text);
        if (brand.startsWith("avi")) {
            return "AVIF photos are not accepted; " + ACCEPTED;
        }
        if (!brand.isEmpty()) {
            return "Videos are not accepted; " + ACCEPTED;
        }
        if (isMarkup(text)) {
            return "The file is a drawing or a web page, not a photo; " + ACCEPTED;
        }
        return "The file is not a photo of a known format; " + ACCEPTED;
    }

    private static boolean isMarkup(String text) {
        String first = text.replace("\u00EF\u00BB\u00BF", "").stripLeading().toLowerCase(Locale.ROOT);
        return first.startsWith("<svg")
                || first.startsWith("<?xml")
                || first.startsWith("<!doctype")
                || first.startsWith("<html");
    }
}
