package dev.darkroom.ops.terminal;

/** Names that users' data gives, for a table. */
public final class NameText {

    private NameText() {}

    /** Nothing in it moves the cursor; one of more characters than {@code longest} is cut. */
    public static String of(String name, int longest) {
        String visible = name.replaceAll("\\p{Cntrl}", "?");
        return visible.length() <= longest ? visible : visible.substring(0, longest - 1) + "…";
    }
}
