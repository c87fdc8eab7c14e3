package dev.darkroom.ops.system;

import java.net.URI;
import java.util.Map;

/**
 * Where photos are kept. The secret key lies in the data folder under {@link #SECRET}.
 *
 * @param endpoint scheme, host and port; buckets are addressed by path
 */
record S3Server(URI endpoint, String region, String bucket, String accessKey) {

    static final String SECRET = "s3-secret-key";

    private static final String REGION = "us-east-1";
    private static final String BUCKET = "darkroom-photos";

    static S3Server embedded(int port) {
        return new S3Server(URI.create("http://" + Address.loopback(port)), REGION, BUCKET, "darkroom");
    }

    /** One at a given address; keys, region and bucket come from the environment, as with other S3 programs. */
    static S3Server given(String url, Map<String, String> environment, Secrets secrets) {
        URI endpoint = URI.create(url);
        if (endpoint.getHost() == null || !String.valueOf(endpoint.getScheme()).matches("https?")) {
            throw new OpsException("\"" + url + "\" is no address for --s3: give a URL such as http://host:9000.");
        }
        secrets.given(SECRET, require(environment, "AWS_SECRET_ACCESS_KEY"));
        return new S3Server(
                endpoint,
                environment.getOrDefault("AWS_REGION", REGION),
                environment.getOrDefault("DARKROOM_S3_BUCKET", BUCKET),
                require(environment, "AWS_ACCESS_KEY_ID"));
    }

    Address address() {
        boolean https = "https".equals(endpoint.getScheme());
        int port = endpoint.getPort() > 0 ? endpoint.getPort() : https ? 443 : 80;
        return new Address(endpoint.getHost(), port);
    }

    private static String require(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "");
        if (value.isBlank()) {
            throw new OpsException("--s3 needs credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.");
        }
        return value;
    }
}
