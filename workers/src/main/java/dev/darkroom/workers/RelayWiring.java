package dev.darkroom.workers;

import dev.darkroom.catalogue.JobCatalogue;
import dev.darkroom.config.PartsConfiguration;
import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.death.DeathRegister;
import dev.darkroom.jobs.death.SilentWorkers;
import dev.darkroom.jobs.dispatch.JobServers;
import dev.darkroom.jobs.dispatch.RelayDuty;
import dev.darkroom.jobs.dispatch.RelayLimits;
import dev.darkroom.jobs.dispatch.RelayWork;
import dev.darkroom.jobs.flow.ForgetFlows;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.probe.AskProbes;
import dev.darkroom.jobs.pulse.LoopWatch;
import dev.darkroom.jobs.replay.work.ReplayDuty;
import dev.darkroom.jobs.run.SettlementListeners;
import dev.darkroom.jobs.schedule.Schedule;
import dev.darkroom.jobs.schedule.Schedules;
import dev.darkroom.jobs.schedule.TickSchedules;
import dev.darkroom.media.sweep.SweepPhotos;
import dev.darkroom.redis.RedisPermits;
import dev.darkroom.shards.PhysicalDatabase;
import dev.darkroom.shards.Shards;
import dev.darkroom.users.FinishSignUps;
import dev.darkroom.workers.runtime.StuckProcess;
import dev.darkroom.workers.runtime.WorkerProcess;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A process that relays for every physical database, and enqueues what the product's schedules say. */
final class RelayWiring implements WorkerMain.Stoppable {

    private final Shards shards;
    private final JobServers servers;
    private final @Nullable RedisPermits permits;
    private @Nullable LoopWatch loops;

    private RelayWiring(Shards shards, JobServers servers, @Nullable RedisPermits permits) {
        this.shards = shards;
        this.servers = servers;
        this.permits = permits;
    }

    static RelayWiring open(PartsConfiguration parts) {
        return new RelayWiring(
                Shards.open(parts, JobCatalogue.all(), DirectSubmission.NONE),
                WorkerProcess.jobServers("relay", parts.gearman().servers()),
                permits(parts));
    }

    /** Limits are shared where there is more than one database to share them; a relay uses one connection at a time. */
    private static @Nullable RedisPermits permits(PartsConfiguration parts) {
        int databases = parts.databases().size();
        return databases == 1 ? null : RedisPermits.open(parts.redis().feeds().get(0), databases);
    }

    @Override
    public void start() {
        List<PhysicalDatabase> databases = List.copyOf(shards.databases());
        for (int place = 0; place < databases.size(); place++) {
            PhysicalDatabase database = databases.get(place);
            RelayLimits limits = new RelayLimits(JobCatalogue.all(), permits, place, databases.size());
            servers.relay(database.number(), database.source(), new RelayWork(duties(database), limits));
        }
        loops = StuckProcess.watch(servers.pulses(), () -> {});
        loops.start();
    }

    private List<RelayDuty> duties(PhysicalDatabase database) {
        List<RelayDuty> duties = new ArrayList<>();
        duties.add(new SilentWorkers(new DeathRegister(database.ledger(), SettlementListeners.all())));
        duties.add(new ForgetFlows());
        duties.add(new AskProbes(names(JobCatalogue.all())));
        duties.add(new ReplayDuty(database.number(), shards.directory().source()));
        if (database == shards.scheduleDatabase()) {
            duties.add(new TickSchedules(database.ledger(), schedules()));
        }
        return duties;
    }

    private static List<String> names(JobTypes types) {
        return types.all().stream().map(JobType::name).toList();
    }

    /** Every schedule of the product; each job's type is among {@link JobCatalogue#all}. */
    static Schedules schedules() {
        return Schedules.of(
                Schedule.named("users.finish-sign-ups").cron("*/10 * * * *").enqueue(new FinishSignUps()),
                Schedule.named("photos.sweep").cron("17 * * * *").enqueue(SweepPhotos.everything()));
    }

    @Override
    public void stop() throws InterruptedException {
        servers.close();
        if (loops != null) {
            loops.close();
        }
        shards.close();
        if (permits != null) {
            permits.close();
        }
    }
}
