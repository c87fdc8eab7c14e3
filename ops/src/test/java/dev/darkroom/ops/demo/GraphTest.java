package dev.darkroom.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphTest {

    @TempDir
    private Path folder;

    @Test
    void reads_edges_and_counts_followers() throws IOException {
        Graph graph = Graph.read(file("follower,followee\n1,2\n3,2\n2,1\n"));

        assertThat(graph.accounts()).isEqualTo(3);
        assertThat(graph.edges()).isEqualTo(3);
        assertThat(graph.followerCounts()).containsExactly(0, 1, 2, 0);
    }

    @Test
    void is_named_after_its_content() throws IOException {
        assertThat(Graph.read(file("follower,followee\n1,2\n")).name())
                .matches("[0-9a-f]{8}")
                .isNotEqualTo(Graph.read(file("follower,followee\n2,1\n")).name());
    }

    @Test
    void says_which_line_is_wrong() throws IOException {
        Path file = file("follower,followee\n1,2\n1,x\n");

        assertThatThrownBy(() -> Graph.read(file)).hasMessageContaining("Line 3");
    }

    @Test
    void refuses_another_kind_of_file() throws IOException {
        Path plain = Files.writeString(folder.resolve("plain.csv"), "follower,followee\n");

        assertThatThrownBy(() -> Graph.read(plain)).hasMessageContaining("not gzip");
        assertThatThrownBy(() -> Graph.read(folder.resolve("none"))).hasMessageContaining("no graph file");
    }

    @Test
    void refuses_one_without_edges() throws IOException {
        Path file = file("follower,followee\n");

        assertThatThrownBy(() -> Graph.read(file)).hasMessageContaining("no edge");
    }

    private Path file(String content) throws IOException {
        Path file = Files.createTempFile(folder, "graph", ".csv.gz");
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(file))) {
            packed.write(content.getBytes(StandardCharsets.US_ASCII));
        }
        return file;
    }
}
