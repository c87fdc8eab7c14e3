package dev.darkroom.gearman.tls;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** What the library warns of, so that a test can wait for it. */
public final class RecordedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.darkroom.gearman");
    private final BlockingQueue<ILoggingEvent> warnings = new LinkedBlockingQueue<>();
    private final List<ILoggingEvent> unmatched = new ArrayList<>();

    public RecordedLog() {
        setContext(logger.getLoggerContext());
        start();
        logger.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
            warnings.add(event);
        }
    }

    /** The next warning that contains this; it is one line. */
    public String await(String part) throws InterruptedException {
        for (; ; ) {
            ILoggingEvent event = warnings.poll(10, TimeUnit.SECONDS);
            assertThat(event)
                    .as("a warning with '%s' beside %s", part, unmatched)
                    .isNotNull();
            if (event.getFormattedMessage().contains(part)) {
                assertThat(event.getThrowableProxy()).as("a stack trace").isNull();
                assertThat(event.getFormattedMessage()).doesNotContain("\n");
                return event.getFormattedMessage();
            }
            unmatched.add(event);
        }
    }

    /** How many warnings came that nobody awaited, and contain this. */
    public long others(String part) {
        unmatched.addAll(warnings);
        warnings.clear();
        return unmatched.stream()
                .filter(event -> event.getFormattedMessage().contains(part))
                .count();
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        stop();
    }
}
