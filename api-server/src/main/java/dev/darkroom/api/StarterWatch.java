package dev.darkroom.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the process in good order when its standard input ends: whoever started it holds the other end. */
final class StarterWatch {

    private static final Logger LOG = LoggerFactory.getLogger(StarterWatch.class);

    private StarterWatch() {}

    static void start(InputStream input) {
        Thread watch = new Thread(() -> awaitEnd(input), "api/starter-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private static void awaitEnd(InputStream input) {
        try {
            input.transferTo(OutputStream.nullOutputStream());
            LOG.info("Standard input ended, stopping");
        } catch (IOException e) {
            LOG.warn("Standard input failed, stopping: {}", e.toString());
        }
        System.exit(0);
    }
}
