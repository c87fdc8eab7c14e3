package dev.darkroom.ops.system;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Writes {@code api.yml}, the API's own settings on this machine. */
final class ApiFile {

    private ApiFile() {}

    /** Both ports are on the loopback address only; the second is for metrics and health. */
    static Path write(DataFolder data, int port, int adminPort) {
        String text = """
                # Written by each start of the system.
                parts: "%s"
                limits:
                  uploadFolder: "%s"
                server:
                  applicationConnectors:
                    - {type: http, bindHost: %s, port: %d}
                  adminConnectors:
                    - {type: http, bindHost: %s, port: %d}
                  shutdownGracePeriod: 5s
                  requestLog: {appenders: []}
                logging:
                  level: WARN
                  loggers: {dev.darkroom: INFO}
                  appenders:
                    - type: console
                      target: stderr
                      timeZone: UTC
                      logFormat: "%%-5p [%%d{ISO8601,UTC}] %%c: %%replace(%%X{trace} ){'^ $', ''}%%m%%n%%rEx"
                """.formatted(
                        data.apiPartsFile(),
                        data.path().resolve("uploads"),
                        Address.LOOPBACK,
                        port,
                        Address.LOOPBACK,
                        adminPort);
        Path file = data.path().resolve("api.yml");
        data.writePrivately(file, text.getBytes(StandardCharsets.UTF_8));
        return file;
    }
}
