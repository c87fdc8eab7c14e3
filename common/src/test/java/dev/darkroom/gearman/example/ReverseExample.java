package dev.darkroom.gearman.example;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.client.ForegroundJob;
import dev.darkroom.gearman.client.GearmanClient;
import dev.darkroom.gearman.client.Submission;
import dev.darkroom.gearman.worker.GearmanWorker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The program that the package's documentation shows; {@link ExampleContract} holds the two equal. */
public final class ReverseExample {

    private ReverseExample() {}

    public static void main(String[] arguments) throws Exception {
        List<ServerAddress> servers = List.of(ServerAddress.parse(arguments[0]));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        GearmanWorker.Builder builder = GearmanWorker.builder().servers(servers);
        builder.capacity(4).executor(threads).function("reverse", job -> {
            String text = new String(job.payload(), UTF_8);
            return new StringBuilder(text).reverse().toString().getBytes(UTF_8);
        });
        try (GearmanWorker worker = builder.build();
                GearmanClient client = GearmanClient.builder().servers(servers).build()) {
            client.awaitConnected(Duration.ofSeconds(5));
            ForegroundJob job = client.submit(new Submission("reverse", "", "hello".getBytes(UTF_8)));
            System.out.println(new String(job.result().get(), UTF_8));
            worker.drain().get();
        }
        threads.shutdown();
    }
}
