package dev.darkroom.api.wire;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Makes the {@code pagination} of a list: the cursor, and {@code next_url} on the origin the client called with all
 * parameters of its request and the new cursor in place of the old.
 */
public final class NextPage {

    private final CalledUrl called;
    private final Map<String, String> query;

    private NextPage(CalledUrl called, Map<String, String> query) {
        this.called = called;
        this.query = query;
    }

    public static NextPage of(ContainerRequestContext request) {
        return new NextPage(CalledUrl.of(request), RequestParameters.of(request).query());
    }

    /**
     * The pagination of a page.
     *
     * @param parameter the request parameter that takes the cursor, such as {@code max_id}; its answer key is {@code next_max_id}
     * @param cursor where the next page begins; empty on the last page
     */
    public Map<String, String> after(String parameter, Optional<String> cursor) {
        return cursor.map(value -> {
                    Map<String, String> pagination = new LinkedHashMap<>();
                    pagination.put("next_url", url(parameter, value));
                    pagination.put("next_" + parameter, value);
                    return pagination;
                })
                .orElseGet(Map::of);
    }

    private String url(String parameter, String cursor) {
        Map<String, String> parameters = new LinkedHashMap<>(query);
        parameters.remove(parameter);
        parameters.put(parameter, cursor);
        StringJoiner url = new StringJoiner("&", called.origin() + called.path() + "?", "");
        parameters.forEach((name, value) -> url.add(FormText.encode(name) + "=" + FormText.encode(value)));
        return url.toString();
    }
}
