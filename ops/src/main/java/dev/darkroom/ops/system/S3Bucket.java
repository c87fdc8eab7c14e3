package dev.darkroom.ops.system;

import dev.darkroom.config.S3Configuration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

/** The bucket on an S3 server that somebody else runs. */
final class S3Bucket {

    private S3Bucket() {}

    /** Makes the bucket when it is missing, which also shows that the keys are good. */
    static void ensure(S3Configuration configuration) {
        try (S3Client client = client(configuration)) {
            if (!exists(client, configuration.bucket())) {
                client.createBucket(request -> request.bucket(configuration.bucket()));
            }
        } catch (SdkException e) {
            throw new OpsException(
                    "S3 at " + configuration.endpoint() + " refuses the bucket " + configuration.bucket() + " ("
                            + OneLine.of(e)
                            + "): check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and DARKROOM_S3_BUCKET.",
                    e);
        }
    }

    private static boolean exists(S3Client client, String bucket) {
        try {
            client.headBucket(request -> request.bucket(bucket));
            return true;
        } catch (NoSuchBucketException e) {
            return false;
        }
    }

    private static S3Client client(S3Configuration configuration) {
        return S3Client.builder()
                .endpointOverride(configuration.endpoint())
                .region(Region.of(configuration.region()))
                .forcePathStyle(true)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        configuration.accessKey(), configuration.secretKey().value())))
                .build();
    }
}
