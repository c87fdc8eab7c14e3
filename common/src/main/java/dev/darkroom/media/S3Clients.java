package dev.darkroom.media;

import dev.darkroom.config.S3Configuration;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Opens the S3 client for any server that speaks the protocol: path-style, no checksum beyond what is required. */
final class S3Clients {

    private static final Duration CONNECT = Duration.ofSeconds(2);

    /** Silence on a connection. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    /** With all repetitions; an upload of 32 MiB at 10 Mbit/s takes 27 seconds. */
    private static final Duration CALL = Duration.ofSeconds(60);

    private S3Clients() {}

    static S3Client open(S3Configuration configuration) {
        return S3Client.builder()
                .endpointOverride(configuration.endpoint())
                .region(Region.of(configuration.region()))
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        configuration.accessKey(), configuration.secretKey().value())))
                .overrideConfiguration(override -> override.apiCallTimeout(CALL))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(SILENCE))
                .build();
    }
}
