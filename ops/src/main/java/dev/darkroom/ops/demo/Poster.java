package dev.darkroom.ops.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** Posts photos as accounts of the graph. Thread-safe. */
final class Poster {

    private final ApiClient api;
    private final Tokens tokens;
    private final GraphAccounts.Loaded accounts;
    private final Authors authors;

    Poster(ApiClient api, Tokens tokens, GraphAccounts.Loaded accounts, Graph graph) {
        this.api = api;
        this.tokens = tokens;
        this.accounts = accounts;
        this.authors = new Authors(graph);
    }

    /** The author of each post, by number in the graph; has a token for each of them. */
    List<Integer> authors(int posts) {
        List<Integer> chosen = authors.of(posts);
        chosen.forEach(author -> tokens.of(accounts.ids()[author]));
        return chosen;
    }

    Demo.Post post(Path photo, int author, UUID key) throws IOException {
        ApiClient.Posted posted =
                api.post(photo, photo.getFileName().toString(), tokens.of(accounts.ids()[author]), key);
        return new Demo.Post(photo, author, posted.media(), posted.refusal());
    }
}
