package dev.darkroom.jobs.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.clock.Pause;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.testing.PostgresExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RelayDutiesIT {

    @RegisterExtension
    static final PostgresExtension POSTGRES =
            new PostgresExtension().withSchema("ledger_1", source -> LedgerSchema.migrate(source, 1));

    private final AtomicBoolean leading = new AtomicBoolean(true);
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final AtomicInteger runs = new AtomicInteger();
    private final CountDownLatch thrice = new CountDownLatch(3);
    private Thread thread = new Thread(() -> {});

    @AfterEach
    void end() throws InterruptedException {
        stopping.set(true);
        thread.join();
    }

    @Test
    void a_duty_that_fails_is_tried_again_and_stops_no_other() throws InterruptedException {
        start(
                duty("breaks", connection -> {
                    throw new SQLException("refused", "23505");
                }),
                duty("counts", connection -> thrice.countDown()));

        assertThat(thrice.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void nothing_is_done_by_a_relay_that_does_not_lead() throws InterruptedException {
        leading.set(false);
        AtomicInteger looks = new AtomicInteger();
        CountDownLatch looked = new CountDownLatch(1);
        thread = new Thread(new RelayDuties(
                POSTGRES.dataSource(),
                List.of(duty("counts", connection -> runs.incrementAndGet())),
                () -> {
                    if (looks.incrementAndGet() == 5) {
                        looked.countDown();
                    }
                    return leading.get();
                },
                stopping::get,
                Pause.SLEEP));
        thread.start();

        assertThat(looked.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(runs).hasValue(0);
    }

    private void start(RelayDuty... duties) {
        thread = new Thread(
                new RelayDuties(POSTGRES.dataSource(), List.of(duties), leading::get, stopping::get, Pause.SLEEP));
        thread.start();
    }

    private interface Work {
        void run(Connection connection) throws SQLException;
    }

    private static RelayDuty duty(String name, Work work) {
        return new RelayDuty() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Duration interval() {
                return Duration.ofMillis(10);
            }

            @Override
            public void run(Connection connection) throws SQLException {
                work.run(connection);
            }
        };
    }
}
