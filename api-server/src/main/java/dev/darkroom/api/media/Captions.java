package dev.darkroom.api.media;

import dev.darkroom.api.error.ApiException;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The limits of what people write about a photo, and the tags in it. */
final class Captions {

    /** Characters, as people count them: code points. */
    static final int LONGEST = 2_200;

    static final int LONGEST_FILTER = 50;

    private static final int MOST_TAGS = 30;
    private static final int LONGEST_TAG = 100;

    /** A letter of any script with its marks, a digit or an underscore; so a tag holds neither dot nor slash. */
    private static final Pattern TAG = Pattern.compile("#([\\p{L}\\p{M}\\p{N}_]{1," + LONGEST_TAG + "})");

    private Captions() {}

    static String checked(String caption) {
        if (caption.codePointCount(0, caption.length()) > LONGEST) {
            throw ApiException.invalidParameters("caption is longer than " + LONGEST + " characters.");
        }
        return caption;
    }

    /** Lower case, without {@code #}, each once, the first 30. */
    static List<String> tags(String caption) {
        return TAG.matcher(caption)
                .results()
                .map((MatchResult match) -> match.group(1).toLowerCase(Locale.ROOT))
                .distinct()
                .limit(MOST_TAGS)
                .toList();
    }
}
