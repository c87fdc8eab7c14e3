package dev.darkroom.api.media;

import dev.darkroom.api.access.Call;
import dev.darkroom.api.wire.Envelope;
import dev.darkroom.media.Media;
import dev.darkroom.media.MediaStore;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.List;

/** {@code /v1/media/{id}}: one media, its removal, and what became of it. */
@Path("/v1/media")
public final class MediaResource {

    private final VisibleMedia visible;
    private final MediaStore store;
    private final MediaViews views;

    public MediaResource(VisibleMedia visible, MediaStore store, MediaViews views) {
        this.visible = visible;
        this.store = store;
        this.views = views;
    }

    @GET
    @Path("{id}")
    public Envelope<MediaView> get(@PathParam("id") String id, @Context Call call) {
        return answer(visible.byId(id, call.caller()), call);
    }

    @GET
    @Path("shortcode/{code}")
    public Envelope<MediaView> getByShortcode(@PathParam("code") String code, @Context Call call) {
        return answer(visible.byShortcode(code, call.caller()), call);
    }

    @DELETE
    @Path("{id}")
    public Envelope<Void> delete(@PathParam("id") String id, @Context Call call) {
        Media media = visible.own(id, call.caller());
        if (!store.delete(media.owner(), media.id())) {
            throw VisibleMedia.unknown();
        }
        return Envelope.ofNothing();
    }

    /** How far rendering, feeds and the like are, for the owner. */
    @GET
    @Path("{id}/deliveries")
    public Envelope<List<DeliveryView>> deliveries(@PathParam("id") String id, @Context Call call) {
        Media media = visible.own(id, call.caller());
        return Envelope.of(
                store.deliveries(media.id()).stream().map(DeliveryView::of).toList());
    }

    private Envelope<MediaView> answer(VisibleMedia.Found found, Call call) {
        return Envelope.of(views.view(found.media(), found.owner(), call));
    }
}
