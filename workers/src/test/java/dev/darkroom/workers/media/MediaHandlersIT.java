package dev.darkroom.workers.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.config.S3Configuration;
import dev.darkroom.config.Secret;
import dev.darkroom.feeds.FanOutMedia;
import dev.darkroom.jobs.Job;
import dev.darkroom.jobs.JobContext;
import dev.darkroom.jobs.JobId;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.media.DeleteMedia;
import dev.darkroom.media.Effect;
import dev.darkroom.media.EffectState;
import dev.darkroom.media.Media;
import dev.darkroom.media.MediaJobs;
import dev.darkroom.media.MediaState;
import dev.darkroom.media.MediaStore;
import dev.darkroom.media.PhotoAddress;
import dev.darkroom.media.PhotoLimits;
import dev.darkroom.media.PhotoStorage;
import dev.darkroom.media.RenderMedia;
import dev.darkroom.media.Rendition;
import dev.darkroom.media.StorageUnreachableException;
import dev.darkroom.media.StoredObject;
import dev.darkroom.media.TestMedia;
import dev.darkroom.testing.S3Extension;
import dev.darkroom.testing.ShardsExtension;
import dev.darkroom.users.TestUsers;
import dev.darkroom.users.UserId;
import dev.darkroom.workers.Outcomes;
import dev.darkroom.workers.media.picture.Renderer;
import dev.darkroom.workers.media.picture.TestPictures;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The media handlers over a real database and a real photo store. */
class MediaHandlersIT {

    @RegisterExtension
    static final S3Extension S3 = new S3Extension();

    @RegisterExtension
    static final ShardsExtension SHARDS = new ShardsExtension(MediaJobs.all());

    private MediaStore media;
    private PhotoStorage storage;
    private RenderMediaHandler render;
    private DeleteMediaHandler delete;
    private UserId author;
    private Media posted;

    @TempDir
    private Path folder;

    @BeforeEach
    void post() {
        media = new MediaStore(SHARDS.shards());
        storage = open(S3.endpoint());
        render = new RenderMediaHandler(media, storage, new Renderer(PhotoLimits.DEFAULT));
        delete = new DeleteMediaHandler(media, storage);
        author = TestUsers.make(SHARDS.shards(), 3).get(2);
        posted = media.post(TestMedia.of(author));
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void a_photo_is_rendered_shown_and_fanned_out() throws Exception {
        putPhoto();

        List<Job> followUps = complete(render.handle(job(), Outcomes.FIRST_RUN));

        assertThat(followUps).containsExactly(new FanOutMedia(posted.id().value(), author.value()));
        assertThat(media.find(posted.id()).orElseThrow().state()).isEqualTo(MediaState.READY);
        assertThat(effectStates()).containsExactly(EffectState.DONE, EffectState.WAITING);
        for (Rendition rendition : Rendition.values()) {
            byte[] jpeg = read(address().rendition(rendition)).orElseThrow();
            assertThat(ImageIO.read(new ByteArrayInputStream(jpeg)).getWidth()).isEqualTo(rendition.side());
        }
    }

    @Test
    void rendering_again_changes_nothing() throws Exception {
        putPhoto();
        complete(render.handle(job(), Outcomes.FIRST_RUN));
        Media before = media.find(posted.id()).orElseThrow();
        byte[] rendition = read(address().rendition(Rendition.THUMBNAIL)).orElseThrow();

        complete(render.handle(job(), Outcomes.SECOND_RUN));

        assertThat(media.find(posted.id())).contains(before);
        assertThat(read(address().rendition(Rendition.THUMBNAIL))).contains(rendition);
    }

    @Test
    void what_cannot_be_shown_is_refused_with_the_reason() throws Exception {
        putOriginal("<svg/>".getBytes(StandardCharsets.UTF_8));

        List<Job> followUps = complete(render.handle(job(), Outcomes.FIRST_RUN));

        Media refused = media.find(posted.id()).orElseThrow();
        assertThat(followUps).isEmpty();
        assertThat(refused.state()).isEqualTo(MediaState.REFUSED);
        assertThat(refused.refusal()).contains("not a photo");
        assertThat(effectStates()).containsExactly(EffectState.FAILED, EffectState.FAILED);
        assertThat(render.handle(job(), Outcomes.SECOND_RUN)).isInstanceOf(Outcome.Discard.class);
    }

    @Test
    void a_missing_original_is_looked_for_again_and_refused_in_the_end() throws Exception {
        assertThat(render.handle(job(), Outcomes.FIRST_RUN)).isInstanceOf(Outcome.Retry.class);

        complete(render.handle(job(), new JobContext(new JobId(1), 3, 3)));

        assertThat(media.find(posted.id()).orElseThrow().refusal()).contains("did not arrive");
    }

    @Test
    void a_store_that_is_away_is_no_refusal() {
        try (PhotoStorage away = open(URI.create("http://127.0.0.1:1"))) {
            RenderMediaHandler detached = new RenderMediaHandler(media, away, new Renderer(PhotoLimits.DEFAULT));
            assertThatThrownBy(() -> detached.handle(job(), Outcomes.FIRST_RUN))
                    .isInstanceOf(StorageUnreachableException.class);
        }
        assertThat(media.find(posted.id()).orElseThrow().state()).isEqualTo(MediaState.PROCESSING);
    }

    @Test
    void a_media_deleted_meanwhile_is_not_rendered() throws Exception {
        putPhoto();
        media.delete(author, posted.id());

        assertThat(render.handle(job(), Outcomes.FIRST_RUN)).isInstanceOf(Outcome.Discard.class);
        assertThat(read(address().rendition(Rendition.THUMBNAIL))).isEmpty();
    }

    @Test
    void deleting_removes_every_object_and_may_be_repeated() throws Exception {
        putPhoto();
        complete(render.handle(job(), Outcomes.FIRST_RUN));
        DeleteMedia deletion = new DeleteMedia(posted.id().value(), author.value());
        assertThat(delete.handle(deletion, Outcomes.FIRST_RUN)).isInstanceOf(Outcome.Discard.class);
        media.delete(author, posted.id());

        complete(delete.handle(deletion, Outcomes.FIRST_RUN));
        complete(delete.handle(deletion, Outcomes.SECOND_RUN));

        assertThat(Stream.concat(
                        Stream.of(address().original()),
                        Stream.of(Rendition.values()).map(address()::rendition)))
                .allSatisfy(key -> assertThat(read(key)).isEmpty());
    }

    private RenderMedia job() {
        return new RenderMedia(posted.id().value(), author.value());
    }

    private PhotoAddress address() {
        return PhotoAddress.of(posted);
    }

    private void putPhoto() throws IOException {
        BufferedImage picture = TestPictures.quarters(800, 700, BufferedImage.TYPE_INT_RGB);
        storage.putOriginal(address(), TestPictures.writeJpeg(folder, picture, false), "image/jpeg");
    }

    private void putOriginal(byte[] content) {
        storage.putOriginal(address(), new ByteArrayInputStream(content), content.length, "image/jpeg");
    }

    private List<Job> complete(Outcome outcome) {
        return Outcomes.complete(SHARDS.shards(), posted.id().shard(), outcome);
    }

    private List<EffectState> effectStates() {
        return media.deliveries(posted.id()).stream().map(Effect::state).toList();
    }

    private Optional<byte[]> read(String key) throws IOException {
        Optional<StoredObject> found = storage.open(key);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (StoredObject stored = found.get()) {
            return Optional.of(stored.content().readAllBytes());
        }
    }

    private static PhotoStorage open(URI endpoint) {
        return PhotoStorage.open(new S3Configuration(
                endpoint,
                "us-east-1",
                S3.bucket(),
                S3Extension.CREDENTIALS.accessKey(),
                Secret.of(S3Extension.CREDENTIALS.secretKey()),
                null));
    }
}
