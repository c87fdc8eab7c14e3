package dev.darkroom.embedded;

/** The one pair of keys an {@link EmbeddedS3} accepts. Prints without the secret. */
public record S3Credentials(String accessKey, String secretKey) {

    public S3Credentials {
        if (accessKey.isBlank() || secretKey.isBlank()) {
            throw new EmbeddedServerException("S3 needs an access key and a secret key: neither may be empty.");
        }
    }

    @Override
    public String toString() {
        return "S3Credentials[accessKey=" + accessKey + ", secretKey=***]";
    }
}
