package dev.darkroom.media;

import dev.darkroom.config.S3Configuration;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The photos in S3: originals as they were sent, and the renditions that are served. Writing the same object again replaces
 * it, so every call may be repeated. Thread-safe; connects when first used; close it at the end. Fails with
 * {@link StorageUnreachableException} where a repetition may help, and with {@link StorageRefusedException} where not.
 */
public final class PhotoStorage implements AutoCloseable {

    /** Objects never change under their key. */
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private static final String JPEG = "image/jpeg";

    private final S3Client client;
    private final String bucket;

    private PhotoStorage(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    public static PhotoStorage open(S3Configuration configuration) {
        return new PhotoStorage(S3Clients.open(configuration), configuration.bucket());
    }

    /** For a server of one's own; where the bucket exists nothing happens. */
    public void createBucketIfMissing() {
        call("create the bucket", () -> {
            try {
                return client.createBucket(request -> request.bucket(bucket));
            } catch (BucketAlreadyOwnedByYouException | BucketAlreadyExistsException e) {
                return e;
            }
        });
    }

    /** @param contentType by the content, such as {@code image/png} */
    public void putOriginal(PhotoAddress address, Path file, String contentType) {
        put(address.original(), contentType, null, RequestBody.fromFile(file));
    }

    /**
     * Sends a stream once: where a file or bytes are at hand they are better, as a broken connection is then tried again.
     *
     * @param length of the content in bytes
     * @param contentType by the content, such as {@code image/png}
     */
    public void putOriginal(PhotoAddress address, InputStream content, long length, String contentType) {
        put(address.original(), contentType, null, RequestBody.fromInputStream(content, length));
    }

    public void putRendition(PhotoAddress address, Rendition rendition, byte[] jpeg) {
        put(address.rendition(rendition), JPEG, FOR_EVER, RequestBody.fromBytes(jpeg));
    }

    /**
     * Begins to read an object.
     *
     * @param key as {@link PhotoAddress} builds it
     * @return empty if there is no such object
     */
    public Optional<StoredObject> open(String key) {
        return call("read " + key, () -> {
            try {
                ResponseInputStream<GetObjectResponse> content =
                        client.getObject(request -> request.bucket(bucket).key(key));
                GetObjectResponse header = content.response();
                return Optional.of(new StoredObject(content, header.contentLength(), header.contentType()));
            } catch (NoSuchKeyException e) {
                return Optional.empty();
            }
        });
    }

    /** Removes the original and all renditions; what is not there is no error. */
    public void delete(PhotoAddress address) {
        deleteAll(Stream.concat(
                        Stream.of(address.original()),
                        Stream.of(Rendition.values()).map(address::rendition))
                .toList());
    }

    /**
     * Removes objects; what is not there is no error.
     *
     * @param keys at most 1,000
     */
    public void deleteAll(List<String> keys) {
        String action = "delete " + keys.get(0) + " and " + (keys.size() - 1) + " more";
        ObjectIdentifier[] objects = keys.stream()
                .map(key -> ObjectIdentifier.builder().key(key).build())
                .toArray(ObjectIdentifier[]::new);
        List<S3Error> errors = call(
                action,
                () -> client.deleteObjects(request -> request.bucket(bucket)
                                .delete(all -> all.objects(objects).quiet(true)))
                        .errors());
        if (!errors.isEmpty()) {
            S3Error first = errors.get(0);
            throw new StorageUnreachableException(
                    "Could not " + action + " in bucket " + bucket + "; it is tried again: " + first.key() + " "
                            + first.code() + " " + first.message(),
                    null);
        }
    }

    /**
     * Lists objects in the order of their keys.
     *
     * @param folder what the keys begin with
     * @param after lists those behind this key only; null for all
     * @param most of them, at most 1,000
     * @throws StorageRefusedException also if the store does not say what time it is
     */
    public ObjectPage list(String folder, @Nullable String after, int most) {
        ListObjectsV2Response listed = call(
                "list " + folder,
                () -> client.listObjectsV2(request ->
                        request.bucket(bucket).prefix(folder).startAfter(after).maxKeys(most)));
        return new ObjectPage(
                listed.contents().stream()
                        .map(object -> new ObjectPage.Entry(object.key(), object.lastModified()))
                        .toList(),
                storeTime(listed.sdkHttpResponse()),
                Boolean.TRUE.equals(listed.isTruncated()));
    }

    private static Instant storeTime(SdkHttpResponse answer) {
        String date = answer.firstMatchingHeader("Date").orElse("");
        try {
            return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeParseException e) {
            throw new StorageRefusedException(
                    "The photo store gives '" + date + "' as its time of day, so the age of its objects is not known",
                    e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private void put(String key, String contentType, @Nullable String cacheControl, RequestBody body) {
        call(
                "write " + key,
                () -> client.putObject(
                        request -> request.bucket(bucket)
                                .key(key)
                                .contentType(contentType)
                                .cacheControl(cacheControl),
                        body));
    }

    private <T> T call(String action, Supplier<T> request) {
        try {
            return request.get();
        } catch (S3Exception e) {
            throw isTransient(e) ? unreachable(action, e) : refused(action, e);
        } catch (SdkClientException e) {
            throw unreachable(action, e);
        }
    }

    private static boolean isTransient(S3Exception answer) {
        int status = answer.statusCode();
        return status >= 500 || status == 408 || status == 429 || answer.isThrottlingException();
    }

    private StorageUnreachableException unreachable(String action, Exception cause) {
        return new StorageUnreachableException(
                "Could not " + action + " in bucket " + bucket + "; it is tried again: " + cause.getMessage(), cause);
    }

    private StorageRefusedException refused(String action, S3Exception cause) {
        return new StorageRefusedException(
                "The photo store refused to " + action + " in bucket " + bucket + "; check bucket, key and rights: "
                        + cause.getMessage(),
                cause);
    }
}
