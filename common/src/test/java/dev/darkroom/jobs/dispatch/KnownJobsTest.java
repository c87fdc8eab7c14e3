package dev.darkroom.jobs.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class KnownJobsTest {

    private static final int JOBS = 90_001;

    private final Thread asker = Thread.currentThread();
    private final HesitantBroker broker = new HesitantBroker();
    private final Thread answering = new Thread(broker::answer);

    @AfterEach
    void end() throws InterruptedException {
        answering.interrupt();
        answering.join();
    }

    @Test
    @Timeout(60)
    void a_full_window_is_asked_after_in_parts() {
        List<JobTurn> jobs =
                LongStream.range(0, JOBS).mapToObj(id -> new JobTurn(id, 0)).toList();
        answering.start();

        Set<JobTurn> known = KnownJobs.among(jobs, broker, Set.of(1L));

        assertThat(known).hasSize(JOBS / 2 + 2).contains(new JobTurn(1, 0), new JobTurn(90_000, 0));
        assertThat(broker.most).isEqualTo(KnownJobs.AT_ONCE);
    }

    /** Knows even numbers, and says so only once the asker waits. */
    private final class HesitantBroker implements Broker {

        private final List<Runnable> answers = new ArrayList<>();
        private int most;

        @Override
        public synchronized CompletionStage<Boolean> knows(long id, int turn) {
            CompletableFuture<Boolean> answer = new CompletableFuture<>();
            answers.add(() -> answer.complete(id % 2 == 0));
            most = Math.max(most, answers.size());
            return answer;
        }

        private void answer() {
            while (!Thread.currentThread().isInterrupted()) {
                if (asker.getState() == Thread.State.TIMED_WAITING) {
                    answerAll();
                }
                Thread.onSpinWait();
            }
        }

        private synchronized void answerAll() {
            answers.forEach(Runnable::run);
            answers.clear();
        }

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public void submit(List<Outgoing> jobs, Answers answers) {
            throw new AssertionError("Nothing is submitted here");
        }

        @Override
        public Map<String, Load> loads() {
            return Map.of();
        }
    }
}
