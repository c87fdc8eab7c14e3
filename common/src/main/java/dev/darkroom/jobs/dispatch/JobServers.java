package dev.darkroom.jobs.dispatch;

import com.codahale.metrics.MetricRegistry;
import dev.darkroom.clock.Pause;
import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.connection.ConnectionListener;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.pulse.Pulse;
import dev.darkroom.jobs.watch.RelayMeters;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

/**
 * A process's connections to the job servers, for submitting: directly by an enqueuer, or by relays. Connects at once and
 * again until closed. Thread-safe.
 */
public final class JobServers implements AutoCloseable {

    private final List<Relay> relays = new CopyOnWriteArrayList<>();
    private final MetricRegistry metrics = new MetricRegistry();
    private final GearmanBroker broker;
    private final String host;

    /** @param name how the job servers list this process; without blanks */
    public JobServers(List<ServerAddress> servers, String name, String host) {
        this.host = host;
        this.broker = new GearmanBroker(servers, name, new ConnectionListener() {
            @Override
            public void connectionLost(ServerAddress server, Throwable cause) {
                relays.forEach(Relay::serverLost);
            }
        });
    }

    /**
     * Connects.
     *
     * @param addresses {@code host:port} of each server
     */
    public static JobServers connect(List<String> addresses, String name, String host) {
        return new JobServers(addresses.stream().map(ServerAddress::parse).toList(), name, host);
    }

    /** The short way to Gearman for one physical database's ledger: each has a gate of its own. */
    public DirectSubmission directSubmission() {
        return new GatedSubmission(broker);
    }

    /**
     * Begins to relay for one physical database; active while this process holds that database's leadership.
     *
     * @param source connections that bypass any transaction pooler
     * @param work what the active relay of this database does beside handing out and looking after unique keys
     */
    public Relay relay(int database, DataSource source, RelayWork work) {
        List<RelayDuty> all = new ArrayList<>(List.of(new SweepExpiredKeys(), new SweepLostKeys()));
        all.addAll(work.duties());
        RelayWork whole = new RelayWork(all, work.limits());
        RelayMeters meters = new RelayMeters(metrics, database);
        Relay relay = new Relay(source, broker, meters, new RelayLeadership(host), whole, Pause.SLEEP);
        relays.add(relay);
        relay.start();
        return relay;
    }

    /** Begins to relay without any limits in the code of types. */
    public Relay relay(int database, DataSource source, List<RelayDuty> duties) {
        return relay(database, source, new RelayWork(duties, RelayLimits.NONE));
    }

    /** Begins to relay without any further duty. */
    public Relay relay(int database, DataSource source) {
        return relay(database, source, RelayWork.NONE);
    }

    /** The loops of all relays, without which the process is of no use. */
    public List<Pulse> pulses() {
        return relays.stream().map(Relay::pulse).toList();
    }

    /** What the relays of this process know of each job type: for a reporter of one's own. */
    public MetricRegistry metrics() {
        return metrics;
    }

    /** Gives up all leaderships, then the connections. */
    @Override
    public void close() throws InterruptedException {
        for (Relay relay : new ArrayList<>(relays)) {
            relay.close();
        }
        broker.close();
    }
}
