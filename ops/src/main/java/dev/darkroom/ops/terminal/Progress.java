package dev.darkroom.ops.terminal;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress bars on standard error, one after another. Thread-safe. */
public final class Progress {

    private static final int WIDTH = 100;
    private static final int EVERY_MILLISECONDS = 500;

    private final PrintStream errors;

    public Progress(PrintStream errors) {
        this.errors = errors;
    }

    /** @param size how many steps it takes, for a rate and the time left; 0 where nobody knows yet */
    public Bar begin(String task, long size) {
        ProgressBarBuilder builder = new ProgressBarBuilder().setTaskName(task).setInitialMax(size);
        if (size > 0) {
            builder.showSpeed();
        }
        return new Bar(builder.setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(EVERY_MILLISECONDS)
                .setConsumer(new ConsoleProgressBarConsumer(errors, WIDTH))
                .build());
    }

    public void say(String line) {
        errors.println(line);
    }

    /** One bar, which ends when it is closed. Thread-safe. */
    public static final class Bar implements AutoCloseable {

        private final ProgressBar bar;

        private Bar(ProgressBar bar) {
            this.bar = bar;
        }

        public void step() {
            bar.step();
        }

        public void step(long by) {
            bar.stepBy(by);
        }

        /** What is left of what may grow meanwhile. */
        public void left(long left, long most) {
            bar.maxHint(most);
            bar.stepTo(Math.max(0, most - left));
        }

        /** So much of so much, and a word about what else goes on. */
        public void at(long done, long of, String note) {
            bar.maxHint(of);
            bar.stepTo(Math.min(done, of));
            bar.setExtraMessage(note);
        }

        @Override
        public void close() {
            bar.close();
        }
    }
}
