package dev.darkroom.shards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.config.DatabaseConfiguration;
import dev.darkroom.config.PartsConfiguration;
import dev.darkroom.config.PhysicalDatabaseConfiguration;
import dev.darkroom.jobs.Job;
import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.testing.ShardsExtension;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ShardsIT {

    record Note(long number) implements Job {}

    record Stranger() implements Job {}

    @RegisterExtension
    static final ShardsExtension SHARDS =
            new ShardsExtension(List.of(JobType.named("note", Note.class).build()));

    private static final ShardId SHARD = new ShardId(2);

    @Test
    void rows_and_jobs_commit_together() {
        SHARDS.shards().write(SHARD, (handle, transaction) -> {
            transaction.enqueue(new Note(1));
            return insert(handle, 1);
        });

        assertThat(rows(1)).isEqualTo(1);
        assertThat(jobs("{\"number\":1}")).isEqualTo(1);
    }

    @Test
    void a_failure_after_the_writes_leaves_neither_row_nor_job() {
        assertThatThrownBy(() -> SHARDS.shards().write(SHARD, (handle, transaction) -> {
                    insert(handle, 2);
                    transaction.enqueue(new Note(2));
                    throw new IllegalStateException("the caller changed its mind");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(rows(2)).isZero();
        assertThat(jobs("{\"number\":2}")).isZero();
    }

    @Test
    void a_refused_statement_leaves_neither_row_nor_job() {
        assertThatThrownBy(() -> SHARDS.shards().write(SHARD, (handle, transaction) -> {
                    transaction.enqueue(new Note(3));
                    insert(handle, 3);
                    return insert(handle, 3);
                }))
                .hasMessageContaining("duplicate key");

        assertThat(rows(3)).isZero();
        assertThat(jobs("{\"number\":3}")).isZero();
    }

    @Test
    void a_job_of_unknown_type_leaves_no_row() {
        assertThatThrownBy(() -> SHARDS.shards().write(SHARD, (handle, transaction) -> {
                    insert(handle, 4);
                    transaction.enqueue(new Stranger());
                    return null;
                }))
                .isInstanceOf(JobException.class);

        assertThat(rows(4)).isZero();
    }

    @Test
    void connections_come_back_to_the_pool_after_failures() {
        for (int i = 0; i < 40; i++) {
            assertThatThrownBy(() ->
                            SHARDS.shards().read(SHARD, handle -> handle.execute("SELECT * FROM <shard>.nothing")))
                    .hasMessageContaining("shard_0002.nothing");
            assertThatThrownBy(() -> SHARDS.shards().write(SHARD, (handle, transaction) -> handle.execute("nonsense")))
                    .hasMessageContaining("nonsense");
        }

        assertThat(rows(5)).isZero();
    }

    @Test
    void shards_of_two_databases_are_read_with_one_piece_of_work_each() {
        assertThat(pieces(new ShardId(3), new ShardId(0), new ShardId(2), new ShardId(3)))
                .containsExactly("[shard_0000, shard_0001]", "[shard_0002, shard_0003]");
    }

    @Test
    void whichever_shards_of_a_database_are_read_the_statement_is_the_same() {
        assertThat(pieces(new ShardId(1)))
                .isEqualTo(pieces(new ShardId(0)))
                .containsExactly("[shard_0000, shard_0001]");
    }

    private static List<String> pieces(ShardId... shards) {
        return SHARDS.shards().readEach(List.of(shards), (handle, group) -> List.of(group.toString()));
    }

    @Test
    void a_shard_that_no_database_holds_is_named() {
        assertThatThrownBy(() -> SHARDS.shards().read(new ShardId(4), handle -> 1))
                .isInstanceOf(UnknownShardException.class)
                .hasMessageContaining("shard_0004");
        assertThat(SHARDS.shards().has(new ShardId(4))).isFalse();
    }

    @Test
    void nothing_connects_before_it_is_used() {
        DatabaseConfiguration nowhere =
                new DatabaseConfiguration("jdbc:postgresql://127.0.0.1:1/none", "nobody", null, 1);
        PartsConfiguration parts = new PartsConfiguration(
                SHARDS.parts().gearman(),
                nowhere,
                List.of(new PhysicalDatabaseConfiguration(1, 0, 3, nowhere)),
                SHARDS.parts().redis(),
                SHARDS.parts().s3());

        try (Shards shards = Shards.open(parts, JobTypes.of(), DirectSubmission.NONE)) {
            assertThat(shards.shardIdsOf(1)).hasSize(4);
        }
    }

    private static int insert(Handle handle, long id) {
        return handle.execute("INSERT INTO <shard>.account_count (user_id) VALUES (?)", id);
    }

    private static int rows(long id) {
        return SHARDS.shards()
                .read(
                        SHARD,
                        handle -> handle.createQuery("SELECT count(*) FROM <shard>.account_count WHERE user_id = :id")
                                .bind("id", id)
                                .mapTo(Integer.class)
                                .one());
    }

    private static int jobs(String arguments) {
        return SHARDS.shards()
                .read(
                        SHARD,
                        handle -> handle.createQuery(
                                        "SELECT count(*) FROM jobs.job WHERE convert_from(args, 'UTF8') = :arguments")
                                .bind("arguments", arguments)
                                .mapTo(Integer.class)
                                .one());
    }
}
