package dev.darkroom.gearman;

import dev.darkroom.gearman.server.JobServer;
import dev.darkroom.gearman.server.JobServerSettings;

/** The Java job server, in this JVM, with the limits and retries that {@link GearmandExtension} has. */
public final class JobServerExtension extends RestartableServer {

    private JobServer server;

    @Override
    public void kill() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    public void launch(int onPort) {
        server = JobServer.start(JobServerSettings.DEFAULT.withPort(onPort).withJobRetries(3));
    }
}
