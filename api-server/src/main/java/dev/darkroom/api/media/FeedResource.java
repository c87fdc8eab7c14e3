package dev.darkroom.api.media;

import dev.darkroom.api.access.Call;
import dev.darkroom.api.wire.Envelope;
import dev.darkroom.feeds.FeedPage;
import dev.darkroom.feeds.FeedReader;
import dev.darkroom.media.MediaRange;
import dev.darkroom.users.UserId;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;

/** {@code GET /v1/users/self/feed}: what the caller and those they follow posted, newest first. */
@Path("/v1/users/self/feed")
public final class FeedResource {

    private final FeedReader feeds;
    private final MediaPages pages;

    public FeedResource(FeedReader feeds, MediaPages pages) {
        this.feeds = feeds;
        this.pages = pages;
    }

    @GET
    public Envelope.Page<MediaView> get(@Context Call call) {
        UserId self = call.caller().self();
        MediaRange range = MediaPages.range(call.parameters());
        FeedPage page = feeds.page(self, range.maxId(), range.minId(), range.count());
        return pages.page(page.media(), page.more(), call);
    }
}
