package dev.darkroom.ops.bench.sustained;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics2D;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.w3c.dom.Document;

/** Four charts over time, as one SVG. */
final class SamplePlot {

    private static final int WIDTH = 520;
    private static final int HEIGHT = 300;
    private static final int COLUMNS = 2;

    private static final List<Color> COLOURS = List.of(new Color(0x1f6fb4), new Color(0xd9622b));
    private static final BasicStroke LINE = new BasicStroke(1.4f);
    private static final Color GRID = new Color(0xe3e3e3);
    private static final Color TEXT = new Color(0x333333);

    private static final List<Panel> PANELS = List.of(
            new Panel("Jobs done a second", List.of(Column.JOBS_PER_S)),
            new Panel("Wait until begun, ms", List.of(Column.WAIT_P50_MS, Column.WAIT_P99_MS)),
            new Panel("jobs.job on disk, MB", List.of(Column.TABLE_MB, Column.INDEX_MB)),
            new Panel("Dead rows in jobs.job", List.of(Column.DEAD_ROWS)));

    private record Panel(String title, List<Column> columns) {}

    private SamplePlot() {}

    /** @throws IllegalStateException if this Java can't draw, which is better known before hours of measuring */
    static void requireFonts() {
        try {
            drawing(List.of(sample(0), sample(1)));
        } catch (RuntimeException | InternalError | LinkageError e) {
            throw new IllegalStateException(
                    "The plot could not be drawn: this Java finds no font (" + e.getMessage()
                            + "). Install one (Debian, Ubuntu: apt install fontconfig fonts-dejavu-core), or measure"
                            + " without --plot",
                    e);
        }
    }

    private static Sample sample(double value) {
        return new Sample(
                value,
                new Sample.Throughput(value, value, 1),
                new Sample.Waits(value, value),
                new Sample.Table(1, 1, 1, 1),
                value,
                new Sample.Memory(value, value, value));
    }

    /** Replaces the file. */
    static void write(Path file, List<Sample> samples) throws IOException {
        try (Writer writer = Files.newBufferedWriter(file)) {
            // Not by the drawing's own writer: that names a document type which readers would fetch from afar.
            TransformerFactory.newInstance()
                    .newTransformer()
                    .transform(new DOMSource(drawing(samples).getRoot()), new StreamResult(writer));
        } catch (TransformerException e) {
            throw new IOException("The plot could not be written to " + file + ": " + e.getMessage(), e);
        }
    }

    private static SVGGraphics2D drawing(List<Sample> samples) {
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document());
        context.setPrecision(1);
        context.setComment("Drawn by ops/darkroom bench sustained");
        SVGGraphics2D all = new SVGGraphics2D(context, false);
        all.setSVGCanvasSize(new Dimension(WIDTH * COLUMNS, HEIGHT * (PANELS.size() / COLUMNS)));
        for (int i = 0; i < PANELS.size(); i++) {
            Graphics2D place = (Graphics2D) all.create();
            place.translate(i % COLUMNS * WIDTH, i / COLUMNS * HEIGHT);
            chart(PANELS.get(i), samples).paint(place, WIDTH, HEIGHT);
            place.dispose();
        }
        return all;
    }

    private static Document document() {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument("http://www.w3.org/2000/svg", "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("Every Java has the default parser", e);
        }
    }

    private static XYChart chart(Panel panel, List<Sample> samples) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(panel.title())
                .xAxisTitle("minutes")
                .build();
        style(chart.getStyler());
        for (int i = 0; i < panel.columns().size(); i++) {
            draw(chart, panel.columns().get(i), COLOURS.get(i), samples);
        }
        return chart;
    }

    private static void draw(XYChart chart, Column column, Color colour, List<Sample> samples) {
        List<Double> minutes = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (Sample sample : samples) {
            Double value = column.of(sample);
            if (value != null) {
                minutes.add(sample.seconds() / 60);
                values.add(value);
            }
        }
        if (values.isEmpty()) {
            return;
        }
        XYSeries series = chart.addSeries(column.label(), minutes, values);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(colour);
        series.setLineStyle(LINE);
    }

    private static void style(XYStyler styler) {
        styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
        styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        styler.setChartFontColor(TEXT);
        styler.setAxisTickLabelsColor(TEXT);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setPlotGridLinesColor(GRID);
        styler.setPlotGridLinesStroke(new BasicStroke(1));
        styler.setPlotGridVerticalLinesVisible(false);
        styler.setAxisTicksLineVisible(false);
        styler.setAxisTicksMarksVisible(false);
        styler.setYAxisLabelAlignment(AxesChartStyler.TextAlignment.Right);
        styler.setChartPadding(12);
        // From zero, so that a drift looks as large as it is.
        styler.setYAxisMin(0.0);
        styler.setXAxisMin(0.0);
        styler.setYAxisDecimalPattern("#,##0.##");
        styler.setXAxisDecimalPattern("#,##0.##");
        styler.setLegendPosition(Styler.LegendPosition.OutsideS);
        styler.setLegendLayout(Styler.LegendLayout.Horizontal);
        styler.setLegendBorderColor(Color.WHITE);
    }
}
