package dev.darkroom.ops.killtest.judge;

import dev.darkroom.ops.killtest.effects.Fate;
import dev.darkroom.ops.killtest.effects.JobKey;
import dev.darkroom.ops.killtest.faults.Fault;
import dev.darkroom.ops.killtest.load.CommitLog;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Judges a kill test after everything has come to rest. Used once, by one thread. */
public final class Judge {

    private static final int EXAMPLES = 5;

    private final Evidence evidence;
    private final KeyCounts committed = new KeyCounts();
    private final Map<String, Long> answers = new TreeMap<>();
    private final Map<String, Long> causes = new TreeMap<>();
    private final List<String> examples = new ArrayList<>();
    private long done;
    private long failed;
    private long lost;
    private long invented;
    private long doubles;
    private long runTwice;
    private long unexplained;

    private Judge(Evidence evidence) {
        this.evidence = evidence;
    }

    /**
     * Reads everything and judges.
     *
     * @param folder with the logs of the producers and workers
     */
    public static Verdict judge(String jdbcUrl, String redis, int remotePort, Path folder, List<Fault> faults)
            throws SQLException, IOException, InterruptedException {
        Judge judge = new Judge(Evidence.gather(new Evidence.Sources(jdbcUrl, redis, remotePort)));
        judge.commits(CommitLogs.read(folder));
        judge.jobs();
        judge.strangers();
        judge.repetitions(Runs.repeated(folder), new Explanations(faults));
        return judge.verdict();
    }

    /** What is acknowledged has to be there, what failed must not be, and what is unknown is as its row says. */
    private void commits(List<Batch> batches) {
        Set<String> strangers = new HashSet<>(evidence.batches());
        for (Batch batch : batches) {
            String name = Evidence.batch(batch.producer(), batch.number());
            strangers.remove(name);
            boolean there = evidence.batches().contains(name);
            String answer = batch.answer().name().toLowerCase(java.util.Locale.ROOT);
            answers.merge(
                    batch.answer() == CommitLog.Answer.UNKNOWN ? answer + (there ? ", done" : ", not done") : answer,
                    1L,
                    Long::sum);
            if (there && batch.answer() == CommitLog.Answer.FAILED) {
                invented += batch.count();
                example("the failed transaction " + name + " took place");
            }
            if (there || batch.answer() == CommitLog.Answer.ACKNOWLEDGED) {
                expect(batch);
            }
        }
        strangers.forEach(name -> {
            invented++;
            example("nobody knows of the transaction " + name);
        });
    }

    private void expect(Batch batch) {
        for (int i = 0; i < batch.count(); i++) {
            JobKey key = JobKey.of(batch.producer(), batch.first() + i);
            committed.add(key);
            if (key.fate() == Fate.FOLLOWED) {
                committed.add(key.followUp());
            }
        }
    }

    private void jobs() {
        committed.forEach(key -> {
            int effects = evidence.effects().of(key);
            boolean doomed = key.fate() == Fate.DOOMED;
            if (effects > 0 && !doomed) {
                done++;
            } else if (doomed && evidence.failed().has(key)) {
                failed++;
            } else if (!evidence.failedOtherwise().containsKey(key)) {
                lost++;
                example("lost: " + key + ", " + key.kind() + ", " + key.fate()
                        + (evidence.left().has(key) ? ", still in the ledger" : ", gone from the ledger"));
            }
        });
    }

    private void strangers() {
        evidence.effects().forEach(key -> {
            int effects = evidence.effects().of(key);
            if (!committed.has(key) || key.fate() == Fate.DOOMED) {
                invented++;
                example("invented: " + key + ", " + key.kind() + ", " + key.fate());
            } else if (effects > 1) {
                doubles++;
                example("effect " + effects + " times: " + key + ", " + key.kind());
            }
        });
        evidence.failed().forEach(key -> {
            if (!committed.has(key) || key.fate() != Fate.DOOMED) {
                invented++;
                example("failed though never committed: " + key);
            }
        });
        evidence.failedOtherwise()
                .forEach((key, reason) -> example("failed for another reason: " + key + ": " + reason));
    }

    private void repetitions(List<Runs.Repetition> repetitions, Explanations explanations) {
        for (Runs.Repetition repetition : repetitions) {
            runTwice++;
            String cause = explanations.of(repetition).orElse("");
            if (cause.isEmpty()) {
                unexplained++;
                example("run twice, and nothing explains it: "
                        + new JobKey(repetition.again().key()) + " " + repetition);
            } else {
                causes.merge(cause, 1L, Long::sum);
            }
        }
    }

    private void example(String what) {
        if (examples.stream()
                        .filter(known -> known.startsWith(what.substring(0, 4)))
                        .count()
                < EXAMPLES) {
            examples.add(what);
        }
    }

    private Verdict verdict() {
        return new Verdict(
                committed.total(),
                done,
                failed,
                lost,
                invented,
                runTwice,
                unexplained,
                doubles,
                evidence.failedOtherwise().size(),
                answers,
                causes,
                examples);
    }
}
