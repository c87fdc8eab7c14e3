package dev.darkroom.media.format;

/**
 * A point on the earth, WGS 84.
 *
 * @param latitude degrees north, -90 to 90
 * @param longitude degrees east, -180 to 180
 */
public record Coordinates(double latitude, double longitude) {

    public Coordinates {
        if (!isValid(latitude, longitude)) {
            throw new IllegalArgumentException("No such point on the earth: " + latitude + ", " + longitude);
        }
    }

    /** Whether both are numbers within the ranges above. */
    public static boolean isValid(double latitude, double longitude) {
        return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
    }
}
