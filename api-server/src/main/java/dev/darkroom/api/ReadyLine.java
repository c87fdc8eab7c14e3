package dev.darkroom.api;

import io.dropwizard.lifecycle.ServerLifecycleListener;
import java.io.PrintStream;
import org.eclipse.jetty.server.Server;

/** Tells whoever started the process, in one line, that it answers and on which port. */
final class ReadyLine implements ServerLifecycleListener {

    private final PrintStream output;

    ReadyLine(PrintStream output) {
        this.output = output;
    }

    @Override
    public void serverStarted(Server server) {
        output.println("ready port " + getLocalPort(server));
        output.flush();
    }
}
