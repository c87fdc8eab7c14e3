package dev.darkroom.ops.demo;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress bars on standard error, one after another. */
final class DemoProgress {

    private static final int WIDTH = 100;
    private static final int EVERY_MILLISECONDS = 500;

    private final PrintStream errors;

    DemoProgress(PrintStream errors) {
        this.errors = errors;
    }

    Bar begin(String task, long size) {
        return new Bar(new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(size)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(EVERY_MILLISECONDS)
                .setConsumer(new ConsoleProgressBarConsumer(errors, WIDTH))
                .build());
    }

    void say(String line) {
        errors.println(line);
    }

    /** One bar, which ends when it is closed. Thread-safe. */
    static final class Bar implements AutoCloseable {

        private final ProgressBar bar;

        private Bar(ProgressBar bar) {
            this.bar = bar;
        }

        void step() {
            bar.step();
        }

        /** What is left of what may grow meanwhile. */
        void left(long left, long most) {
            bar.maxHint(most);
            bar.stepTo(Math.max(0, most - left));
        }

        @Override
        public void close() {
            bar.close();
        }
    }
}
