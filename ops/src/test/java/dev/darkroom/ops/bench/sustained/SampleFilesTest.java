package dev.darkroom.ops.bench.sustained;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class SampleFilesTest {

    @TempDir
    private Path folder;

    @BeforeAll
    static void without_a_screen() {
        System.setProperty("java.awt.headless", "true");
    }

    @Test
    void every_sample_is_a_row_as_soon_as_it_is_taken() throws Exception {
        Path file = folder.resolve("samples.csv");
        try (SampleFile samples = new SampleFile(file)) {
            samples.add(Samples.at(5, 100.25));
            samples.add(Samples.at(10.04, 200, Sample.Waits.NONE));

            assertThat(Files.readAllLines(file))
                    .containsExactly(
                            "seconds,jobs_per_s,enqueued_per_s,waiting,wait_p50_ms,wait_p99_ms,live_rows,dead_rows,"
                                    + "table_mb,index_mb,wal_mb_per_s,relay_mib,job_server_mib,workers_mib,memory_mib",
                            "5,100.3,101.3,12,50.1,200.5,3,4,5,6,7,8,9,10,27",
                            "10,200,201,12,,,3,4,5,6,7,8,9,10,27");
        }
    }

    @Test
    void the_plot_draws_six_lines_through_the_samples() throws Exception {
        Path file = folder.resolve("plot.svg");

        SamplePlot.write(
                file, List.of(Samples.at(60, 100), Samples.at(120, 300), Samples.at(180, 200), Samples.at(240, 250)));

        Document drawing =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        assertThat(drawing.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(linesOf(drawing, "rgb(31,111,180)") + linesOf(drawing, "rgb(217,98,43)"))
                .as("three stretches of each of six")
                .isEqualTo(6 * 3);
    }

    private static long linesOf(Document drawing, String colour) {
        NodeList lines = drawing.getElementsByTagName("line");
        return IntStream.range(0, lines.getLength())
                .filter(i -> ((Element) lines.item(i)).getAttribute("stroke").equals(colour))
                .count();
    }

    @Test
    void what_was_never_measured_leaves_its_panel_empty() throws Exception {
        Path file = folder.resolve("plot.svg");

        SamplePlot.write(file, List.of(Samples.at(60, 1, Sample.Waits.NONE), Samples.at(120, 2, Sample.Waits.NONE)));

        assertThat(file).isNotEmptyFile();
    }
}
