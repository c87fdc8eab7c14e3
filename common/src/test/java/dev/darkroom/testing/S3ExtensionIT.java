package dev.darkroom.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;

class S3ExtensionIT {

    @RegisterExtension
    static final S3Extension S3 = new S3Extension();

    @Test
    void stores_and_returns_an_object_in_the_buckets_of_this_class() {
        S3.client().putObject(request -> request.bucket(S3.bucket()).key("a/b.jpg"), RequestBody.fromString("photo"));
        assertThat(S3.client()
                        .getObjectAsBytes(request -> request.bucket(S3.bucket()).key("a/b.jpg"))
                        .asUtf8String())
                .isEqualTo("photo");
    }
}
