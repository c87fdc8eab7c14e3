package dev.darkroom.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A starter to be killed: starts what its first argument names, prints its pid and port, and waits for its end. */
final class StarterMain {

    private StarterMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        Path folder = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "postgres" -> {
                EmbeddedPostgres postgres = EmbeddedPostgresIT.quick(folder)
                        .unpackTo(Path.of(arguments[2]))
                        .start();
                postgres.createDatabaseIfMissing("photos");
                System.out.println("started " + postgres.pid() + " " + postgres.port());
            }
            case "redis" -> {
                EmbeddedRedis redis = EmbeddedRedis.builder(folder)
                        .unpackTo(Path.of(arguments[2]))
                        .durable()
                        .start();
                System.out.println("started " + redis.pid() + " " + redis.port());
            }
            default -> {
                GuardedProcess child =
                        GuardedProcess.start(List.of("sleep", "600"), Map.of(), folder.resolve("sleep.log"));
                System.out.println("started " + child.pid() + " 0");
            }
        }
        new CountDownLatch(1).await();
    }
}
