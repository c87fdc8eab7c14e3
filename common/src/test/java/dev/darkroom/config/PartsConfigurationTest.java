package dev.darkroom.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartsConfigurationTest {

    @TempDir
    private Path folder;

    private String good;

    @BeforeEach
    void writeSecret() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "open sesame\n");
        good = """
                gearman:
                  servers: ["127.0.0.1:4730", "queue-2:4730"]
                directory: {url: "jdbc:postgresql://127.0.0.1:5432/directory", user: darkroom, poolSize: 2}
                databases:
                  - number: 1
                    shards: [0-3, 5-7]
                    database: {url: "jdbc:postgresql://127.0.0.1:5432/one", user: darkroom, password: "file:SECRET"}
                  - number: 2
                    shards: [8-15, 4]
                    database: {url: "jdbc:postgresql://127.0.0.1:5432/two", user: darkroom}
                redis: {feeds: ["127.0.0.1:6379"]}
                s3:
                  endpoint: http://127.0.0.1:9000
                  region: us-east-1
                  bucket: photos
                  accessKey: darkroom
                  secretKey: "file:SECRET"
                """.replace("SECRET", secret.toString());
    }

    @Test
    void a_file_becomes_records() throws IOException {
        PartsConfiguration parts = PartsConfiguration.load(file(good));

        assertThat(parts.gearman().servers()).containsExactly("127.0.0.1:4730", "queue-2:4730");
        assertThat(parts.directory().poolSize()).isEqualTo(2);
        assertThat(parts.databases())
                .extracting(PhysicalDatabaseConfiguration::shardNumbers)
                .containsExactly(List.of(0, 1, 2, 3, 5, 6, 7), List.of(4, 8, 9, 10, 11, 12, 13, 14, 15));
        assertThat(parts.s3().endpoint()).isEqualTo(URI.create("http://127.0.0.1:9000"));
    }

    @Test
    void what_is_left_out_has_its_default() throws IOException {
        PartsConfiguration parts = PartsConfiguration.load(file(good));

        assertThat(parts.databases().get(0).database().poolSize()).isEqualTo(4);
        assertThat(parts.directory().password()).isNull();
        assertThat(parts.s3().publicBaseUrl()).isNull();
    }

    @Test
    void a_secret_comes_from_its_file_and_is_not_printed() throws IOException {
        PartsConfiguration parts = PartsConfiguration.load(file(good));

        assertThat(parts.s3().secretKey()).isEqualTo(Secret.of("open sesame"));
        assertThat(parts.toString()).doesNotContain("sesame").contains("***");
    }

    @Test
    void all_problems_are_reported_at_once_with_key_and_remedy() throws IOException {
        List<String> problems = problemsOf(good.replace("queue-2:4730", "queue-2")
                .replace("poolSize: 2", "poolSize: 900")
                .replace("number: 1", "number: one")
                .replace("user: darkroom}\nredis", "usr: darkroom}\nredis")
                .replace("  region: us-east-1\n", "")
                .replaceAll("secretKey: .*", "secretKey: opensesame"));

        assertThat(problems)
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).startsWith("gearman.servers ").contains("host:port"),
                        line -> assertThat(line)
                                .startsWith("directory.poolSize is '900'")
                                .contains("from 1 up to 200"),
                        line -> assertThat(line).startsWith("databases[0].number is 'one'"),
                        line -> assertThat(line)
                                .startsWith("databases[1].database.usr is no setting")
                                .contains("user"),
                        line -> assertThat(line).startsWith("databases[1].database.user is missing"),
                        line -> assertThat(line)
                                .startsWith("s3.region is missing")
                                .contains("us-east-1"),
                        line -> assertThat(line)
                                .startsWith("s3.secretKey ")
                                .contains("env:NAME")
                                .doesNotContain("opensesame"));
    }

    @Test
    void a_shard_that_two_databases_hold_is_refused() throws IOException {
        assertThat(problemsOf(good.replace("[8-15, 4]", "[7-15, 4]")))
                .singleElement()
                .asString()
                .contains("exactly one database");
    }

    @Test
    void a_number_that_two_databases_have_is_refused() throws IOException {
        assertThat(problemsOf(good.replace("number: 2", "number: 1")))
                .singleElement()
                .asString()
                .contains("same number");
    }

    @Test
    void a_range_of_shards_the_wrong_way_round_is_refused() throws IOException {
        assertThat(problemsOf(good.replace("8-15", "15-8")))
                .singleElement()
                .asString()
                .startsWith("databases[1] has a range of shards that ends before it begins");
    }

    @Test
    void a_shard_that_no_database_holds_is_refused() throws IOException {
        assertThat(problemsOf(good.replace("[8-15, 4]", "[8-15]")))
                .singleElement()
                .asString()
                .contains("exactly one database");
    }

    @Test
    void a_database_may_hold_no_shard_yet() throws IOException {
        PartsConfiguration parts =
                PartsConfiguration.load(file(good.replace("[0-3, 5-7]", "[]").replace("[8-15, 4]", "[0-15]")));

        assertThat(parts.databases().get(0).shardNumbers()).isEmpty();
    }

    @Test
    void shards_are_written_as_ranges() throws IOException {
        assertThat(problemsOf(good.replace("8-15", "8 to 15")))
                .first()
                .asString()
                .startsWith("databases[1].shards ")
                .contains("[0-7, 12]");
    }

    @Test
    void a_database_that_is_given_twice_is_refused() throws IOException {
        assertThat(problemsOf(good.replace("5432/two", "5432/one")))
                .singleElement()
                .asString()
                .contains("same url");
    }

    @Test
    void a_secret_that_is_not_there_is_reported_by_its_name() throws IOException {
        assertThat(problemsOf(good.replaceAll("secretKey: .*", "secretKey: env:DARKROOM_NOT_SET_ANYWHERE")))
                .singleElement()
                .asString()
                .startsWith("s3.secretKey ")
                .contains("DARKROOM_NOT_SET_ANYWHERE", "set it");
    }

    @Test
    void a_key_given_twice_is_reported() throws IOException {
        assertThat(problemsOf(good + "redis: {feeds: [\"127.0.0.1:6380\"]}\n"))
                .singleElement()
                .asString()
                .contains("redis");
    }

    @Test
    void an_empty_file_and_no_file_are_reported() throws IOException {
        assertThat(problemsOf("")).singleElement().asString().contains("gearman, directory");
        assertThat(problemsOf(folder.resolve("nowhere.yml")))
                .singleElement()
                .asString()
                .contains("cannot be read");
    }

    private List<String> problemsOf(String content) throws IOException {
        return problemsOf(file(content));
    }

    private static List<String> problemsOf(Path file) {
        ConfigurationException refusal =
                catchThrowableOfType(ConfigurationException.class, () -> PartsConfiguration.load(file));
        assertThat(refusal).as("the configuration was accepted").isNotNull();
        assertThat(refusal).hasMessageContaining(file.toString());
        return refusal.problems();
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("parts.yml"), content);
    }
}
