package dev.darkroom.api.media;

import dev.darkroom.api.access.Call;
import dev.darkroom.api.error.ApiException;
import dev.darkroom.api.wire.Envelope;
import dev.darkroom.users.User;
import dev.darkroom.users.UserId;
import dev.darkroom.users.UserStore;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/media}: takes a photo and answers when it is stored and its work is recorded. With an idempotency key, in
 * the header {@code Idempotency-Key} or a field, a repetition answers with what the first one posted.
 */
@Path("/v1/media")
public final class PostMediaResource {

    private final PhotoIntake intake;
    private final UserStore users;
    private final MediaViews views;

    public PostMediaResource(PhotoIntake intake, UserStore users, MediaViews views) {
        this.intake = intake;
        this.users = users;
        this.views = views;
    }

    @POST
    public Envelope<MediaView> post(@Context Call call, @HeaderParam("Idempotency-Key") @Nullable String header)
            throws IOException {
        UserId self = call.caller().self();
        MediaForm form = MediaForm.of(call.parameters(), header);
        PhotoIntake.Posted posted = intake.take(self, form);
        User owner = users.find(self).orElseThrow(() -> ApiException.notFound("this user does not exist"));
        return Envelope.of(views.view(posted.media(), owner, call).suggesting(posted.suggested()));
    }
}
