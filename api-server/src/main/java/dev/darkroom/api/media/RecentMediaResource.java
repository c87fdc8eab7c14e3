package dev.darkroom.api.media;

import dev.darkroom.api.access.Call;
import dev.darkroom.api.users.Audience;
import dev.darkroom.api.wire.Envelope;
import dev.darkroom.media.MediaStore;
import dev.darkroom.users.User;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;

/** {@code GET /v1/users/{id}/media/recent}: what an account posted; its owner also sees what is not ready. */
@Path("/v1/users/{id}/media/recent")
public final class RecentMediaResource {

    private final Audience audience;
    private final MediaStore store;
    private final MediaPages pages;

    public RecentMediaResource(Audience audience, MediaStore store, MediaPages pages) {
        this.audience = audience;
        this.store = store;
        this.pages = pages;
    }

    @GET
    public Envelope.Page<MediaView> get(@PathParam("id") String id, @Context Call call) {
        User owner = audience.visible(id, call.caller());
        boolean own = call.caller().viewer().filter(owner.id()::equals).isPresent();
        return pages.page(
                range -> own ? store.recentOfOwn(owner.id(), range) : store.recentOf(owner.id(), range), call);
    }
}
