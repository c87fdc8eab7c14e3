package dev.darkroom.jobs.dispatch;

import dev.darkroom.gearman.GearmanException;
import dev.darkroom.gearman.Priority;
import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.admin.FunctionStatus;
import dev.darkroom.gearman.admin.GearmanAdmin;
import dev.darkroom.gearman.client.GearmanClient;
import dev.darkroom.gearman.client.Submission;
import dev.darkroom.gearman.client.UniqueStatus;
import dev.darkroom.gearman.connection.ConnectionListener;
import dev.darkroom.jobs.JobException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** The job servers over the real protocol: one pipelined connection to each, and one for administration when asked. */
final class GearmanBroker implements Broker, AutoCloseable {

    /** Beyond what all windows let out at once, so that only a server that does not answer is ever refused more. */
    private static final int MOST_IN_FLIGHT = 2 * Window.LARGEST;

    private final GearmanClient client;
    private final List<GearmanAdmin> admins;

    GearmanBroker(List<ServerAddress> servers, String clientId, ConnectionListener listener) {
        client = GearmanClient.builder()
                .servers(servers)
                .clientId(clientId)
                .maxInFlight(MOST_IN_FLIGHT)
                .listener(listener)
                .build();
        admins = servers.stream().map(GearmanAdmin::new).toList();
    }

    @Override
    public boolean isConnected() {
        return client.isConnected();
    }

    @Override
    public CompletionStage<Void> submit(String type, JobEnvelope envelope, boolean urgent) {
        String key = JobEnvelope.uniqueKey(envelope.id(), envelope.turn());
        Priority priority = urgent ? Priority.HIGH : Priority.NORMAL;
        return client.submitBackground(new Submission(type, key, envelope.encode(), priority))
                .thenAccept(handle -> {});
    }

    @Override
    public CompletionStage<Boolean> knows(long id, int turn) {
        return client.statusOfUnique(JobEnvelope.uniqueKey(id, turn)).thenApply(UniqueStatus::known);
    }

    @Override
    public Map<String, Load> loads() {
        Map<String, Load> loads = new HashMap<>();
        for (GearmanAdmin admin : admins) {
            if (client.connectedServers().contains(admin.server())) {
                status(admin)
                        .forEach((function, status) ->
                                loads.merge(function, new Load(status.total(), status.running()), GearmanBroker::sum));
            }
        }
        return loads;
    }

    private static Map<String, FunctionStatus> status(GearmanAdmin admin) {
        try {
            return admin.status();
        } catch (GearmanException e) {
            throw new JobException("The job server " + admin.server() + " does not say what it holds; asked again", e);
        }
    }

    private static Load sum(Load one, Load other) {
        return new Load(one.total() + other.total(), one.running() + other.running());
    }

    @Override
    public void close() {
        client.close();
        admins.forEach(GearmanAdmin::close);
    }
}
