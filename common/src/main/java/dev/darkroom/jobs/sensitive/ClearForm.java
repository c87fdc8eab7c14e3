package dev.darkroom.jobs.sensitive;

/** For golden files, which must not differ from run to run. */
record ClearForm() implements SensitiveForm {

    private static final String PREFIX = MARK + "clear:";

    @Override
    public String write(String value, String place) {
        return PREFIX + value;
    }

    @Override
    public String read(String stored, String place) {
        if (!stored.startsWith(PREFIX)) {
            throw new IllegalArgumentException("A sensitive value in a golden file begins with " + PREFIX);
        }
        return stored.substring(PREFIX.length());
    }
}
