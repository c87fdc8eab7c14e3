package dev.darkroom.media.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.config.S3Configuration;
import dev.darkroom.config.Secret;
import dev.darkroom.media.Media;
import dev.darkroom.media.MediaJobs;
import dev.darkroom.media.MediaStore;
import dev.darkroom.media.PhotoAddress;
import dev.darkroom.media.PhotoStorage;
import dev.darkroom.media.Rendition;
import dev.darkroom.media.TestMedia;
import dev.darkroom.shards.ShardId;
import dev.darkroom.testing.S3Extension;
import dev.darkroom.testing.ShardsExtension;
import dev.darkroom.users.TestUsers;
import dev.darkroom.users.UserId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;

/** Over a real photo store and real rows. */
class PhotoSweepIT {

    private static final Duration OLD = PhotoSweep.AGE.plusMinutes(5);

    @RegisterExtension
    static final S3Extension S3 = new S3Extension();

    @RegisterExtension
    static final ShardsExtension SHARDS = new ShardsExtension(MediaJobs.all());

    private final PhotoStorage storage = PhotoStorage.open(new S3Configuration(
            S3.endpoint(),
            "us-east-1",
            S3.bucket(),
            S3Extension.CREDENTIALS.accessKey(),
            Secret.of(S3Extension.CREDENTIALS.secretKey()),
            null));
    private MediaStore media;
    private UserId owner;
    private ShardId shard;

    @BeforeEach
    void signUp() {
        media = new MediaStore(SHARDS.shards());
        owner = TestUsers.make(SHARDS.shards(), 1).get(0);
        shard = owner.shard();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void what_has_a_row_stays_and_what_has_none_goes_after_a_day() throws IOException {
        Media shown = post();
        Media deleted = post();
        media.delete(owner, deleted.id());
        PhotoAddress abandoned = address();
        PhotoAddress underway = address();
        for (PhotoAddress address : List.of(PhotoAddress.of(shown), PhotoAddress.of(deleted), abandoned, underway)) {
            put(address);
        }
        age(PhotoAddress.of(shown));
        age(PhotoAddress.of(deleted));
        age(abandoned);
        S3.age(underway.original(), PhotoSweep.AGE.minusMinutes(5));
        String foreign = "originals/0000/notes.txt";
        S3.client().putObject(request -> request.bucket(S3.bucket()).key(foreign), RequestBody.fromString("mine"));
        S3.age(foreign, OLD);

        sweep(new PhotoSweep(SHARDS.shards(), storage));

        assertThat(keys())
                .contains(
                        PhotoAddress.of(shown).original(),
                        PhotoAddress.of(deleted).original())
                .contains(PhotoAddress.of(shown).rendition(Rendition.THUMBNAIL))
                .contains(underway.original(), underway.rendition(Rendition.THUMBNAIL), foreign)
                .doesNotContain(abandoned.original(), abandoned.rendition(Rendition.THUMBNAIL));
    }

    @Test
    void a_folder_of_any_size_is_gone_through_step_by_step() throws IOException {
        Media shown = post();
        put(PhotoAddress.of(shown));
        age(PhotoAddress.of(shown));
        List<PhotoAddress> abandoned = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            PhotoAddress address = address();
            put(address);
            age(address);
            abandoned.add(address);
        }

        int steps = sweep(new PhotoSweep(SHARDS.shards(), storage, 4, 2));

        assertThat(keys())
                .contains(PhotoAddress.of(shown).original())
                .doesNotContainAnyElementsOf(
                        abandoned.stream().map(PhotoAddress::original).toList());
        assertThat(steps).as("of eight objects each").isGreaterThanOrEqualTo(2 * 4);
    }

    @Test
    void the_photos_of_a_shard_without_any_media_are_left_alone() throws IOException {
        ShardId empty = new ShardId(3);
        PhotoAddress address = new PhotoAddress(empty, TestMedia.photo().key());
        put(address);
        age(address);

        sweep(new PhotoSweep(SHARDS.shards(), storage));

        assertThat(keys()).contains(address.original());
    }

    /** Returns in how many steps. */
    private static int sweep(PhotoSweep sweep) {
        int steps = 0;
        for (String folder : sweep.folders()) {
            Optional<String> last = sweep.step(folder, null);
            steps++;
            while (last.isPresent()) {
                last = sweep.step(folder, last.get());
                steps++;
            }
        }
        return steps;
    }

    private Media post() {
        return media.post(TestMedia.of(owner));
    }

    private PhotoAddress address() {
        return new PhotoAddress(shard, TestMedia.photo().key());
    }

    private void put(PhotoAddress address) {
        byte[] photo = {1, 2, 3};
        storage.putOriginal(address, new ByteArrayInputStream(photo), photo.length, "image/jpeg");
        storage.putRendition(address, Rendition.THUMBNAIL, photo);
    }

    private static void age(PhotoAddress address) throws IOException {
        S3.age(address.original(), OLD);
        S3.age(address.rendition(Rendition.THUMBNAIL), OLD);
    }

    private static List<String> keys() {
        return S3.client().listObjectsV2Paginator(request -> request.bucket(S3.bucket())).contents().stream()
                .map(object -> object.key())
                .toList();
    }
}
