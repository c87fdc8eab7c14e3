package dev.darkroom.jobs.dispatch;

import dev.darkroom.gearman.GearmanException;
import dev.darkroom.gearman.Priority;
import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.client.GearmanClient;
import dev.darkroom.gearman.client.Submission;
import dev.darkroom.gearman.client.SubmissionListener;
import dev.darkroom.gearman.client.UniqueStatus;
import dev.darkroom.gearman.connection.ConnectionListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The job servers over the real protocol: one pipelined connection to each, and one for administration when asked. */
final class GearmanBroker implements Broker, AutoCloseable {

    /** Beyond what all windows let out at once, so that only a server that does not answer is ever refused more. */
    private static final int MOST_IN_FLIGHT = 2 * Window.LARGEST;

    /** A server that stands still is given up after the two together, and what it did not answer goes to the others. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final GearmanClient client;
    private final List<ServerLoads> servers;

    GearmanBroker(List<ServerAddress> servers, String clientId, ConnectionListener listener) {
        client = GearmanClient.builder()
                .servers(servers)
                .clientId(clientId)
                .maxInFlight(MOST_IN_FLIGHT)
                .heartbeat(HEARTBEAT)
                .answerTimeout(ANSWER)
                .listener(listener)
                .build();
        this.servers = servers.stream().map(ServerLoads::new).toList();
    }

    @Override
    public boolean isConnected() {
        return !client.answeringServers().isEmpty();
    }

    @Override
    public void submit(List<Outgoing> jobs, Answers answers) {
        List<Submission> submissions = new ArrayList<>(jobs.size());
        for (Outgoing job : jobs) {
            JobEnvelope envelope = job.envelope();
            String key = JobEnvelope.uniqueKey(envelope.id(), envelope.turn());
            Priority priority = job.urgent() ? Priority.HIGH : Priority.NORMAL;
            submissions.add(new Submission(job.function(), key, envelope.encode(), priority));
        }
        client.submitBackground(submissions, new SubmissionListener() {
            @Override
            public void submitted(int index) {
                answers.taken(jobs.get(index));
            }

            @Override
            public void failed(int index, GearmanException cause) {
                answers.lost(jobs.get(index), cause);
            }
        });
    }

    @Override
    public CompletionStage<Boolean> knows(long id, int turn) {
        return client.statusOfUnique(JobEnvelope.uniqueKey(id, turn)).thenApply(UniqueStatus::known);
    }

    @Override
    public Map<String, Load> loads() {
        Set<ServerAddress> answering = client.answeringServers();
        Map<String, Load> loads = new HashMap<>();
        for (ServerLoads server : servers) {
            if (answering.contains(server.address())) {
                server.read().forEach((function, load) -> loads.merge(function, load, GearmanBroker::sum));
            }
        }
        return loads;
    }

    private static Load sum(Load one, Load other) {
        return new Load(one.total() + other.total(), one.running() + other.running());
    }

    @Override
    public void close() {
        client.close();
        servers.forEach(ServerLoads::close);
    }
}
