package dev.darkroom.jobs.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.ledger.LedgerRows;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.testing.PostgresExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** In which order lanes are taken, whatever the room there is. */
class LanesInTurnIT {

    private static final short NORMAL = 1;

    @RegisterExtension
    static final PostgresExtension POSTGRES =
            new PostgresExtension().withSchema("ledger_1", source -> LedgerSchema.migrate(source, 1));

    private final LaneRotation rotation = new LaneRotation("test.step", NORMAL);
    private LedgerRows rows;
    private Connection connection;

    @BeforeEach
    void begin() throws SQLException {
        rows = new LedgerRows(POSTGRES.dataSource());
        rows.clear();
        connection = POSTGRES.dataSource().getConnection();
    }

    @AfterEach
    void end() throws SQLException {
        connection.close();
    }

    @Test
    void with_room_for_one_each_lane_has_its_turn() throws SQLException {
        insert("a", 5);
        insert("b", 5);
        insert("c", 5);

        assertThat(lanesOfTakes(1, 7)).containsExactly("a", "b", "c", "a", "b", "c", "a");
    }

    @Test
    void with_room_for_fewer_than_there_are_lanes_none_is_passed_over() throws SQLException {
        insert("a", 5);
        insert("b", 5);
        insert("c", 5);

        assertThat(lanesOfTakes(2, 6)).containsExactly("a", "b", "c", "a", "b", "c", "a", "b", "c");
    }

    @Test
    void no_more_is_taken_than_there_is_room_for() throws SQLException {
        insertLanes(1_200, 3);

        List<String> lanes = lanesOfTakes(7, 400);

        assertThat(lanes.subList(0, 1_200)).doesNotHaveDuplicates();
        assertThat(lanes.subList(1_200, 2_400)).doesNotHaveDuplicates();
    }

    @Test
    void with_room_for_several_passes_each_lane_gives_several_at_once() throws SQLException {
        insertLanes(1_200, 10);
        assertThat(lanesOfTakes(6_000, 3)).hasSize(1_200).doesNotHaveDuplicates();

        List<String> lanes = lanesOfTakes(6_000, 1);

        assertThat(lanes).hasSize(2_500);
        assertThat(lanes.stream().distinct()).hasSize(500);
    }

    @Test
    void all_are_taken_once_whatever_the_room_and_however_many_lanes_were_known() throws SQLException {
        insertLanes(70, 3);
        List<Long> ids = new ArrayList<>(idsOfTakes(100, 2));
        rows.run("INSERT INTO jobs.job (type, lane, args)"
                + " SELECT 'test.step', lpad((i % 1100)::text, 5, '0'), '' FROM generate_series(1, 4400) i");
        for (int room : List.of(7, 5_000, 50, 1, 900, 3)) {
            ids.addAll(idsOfTakes(room, 2));
        }
        while (!rotation.isExhausted()) {
            ids.addAll(idsOfTakes(1_000, 1));
        }

        assertThat(ids).hasSize(70 * 3 + 4_400).doesNotHaveDuplicates();
    }

    @Test
    void a_lane_of_one_has_its_turn_beside_a_lane_of_thousands() throws SQLException {
        insert("a", 3_000);
        insert("b", 1);

        assertThat(lanesOfTakes(1_000, 1)).hasSizeBetween(500, 1_000).contains("b");
    }

    @Test
    void a_shut_lane_is_passed_over_and_not_forgotten() throws SQLException {
        insert("a", 2);
        insert("b", 2);
        List<WaitingJob> first = rotation.take(connection, 10, "a"::equals);

        assertThat(first).extracting(job -> job.lane().lane()).containsOnly("b");
        assertThat(rotation.isExhausted()).isFalse();
        assertThat(rotation.take(connection, 10, lane -> false))
                .extracting(job -> job.lane().lane())
                .containsExactly("a", "a");
    }

    @Test
    void the_rotation_knows_when_nothing_is_left() throws SQLException {
        insert("a", 2);
        insert("b", 1);

        rotation.take(connection, 10, lane -> false);
        assertThat(rotation.isExhausted()).isTrue();

        insert("b", 30);
        rotation.take(connection, 10, lane -> false);
        assertThat(rotation.isExhausted()).isFalse();
    }

    @Test
    void lanes_that_come_up_around_known_ones_are_found_before_the_rotation_rests() throws SQLException {
        insert("m", 2);
        assertThat(lanesUntilExhausted()).containsExactly("m", "m");
        // Several times: known lanes are also compared with the others now and then, whatever is left in them.
        for (String round : List.of("1", "2", "3")) {
            insert("a" + round, 1);
            insert("m" + round, 1);
            insert("z" + round, 1);

            assertThat(lanesUntilExhausted()).containsExactlyInAnyOrder("a" + round, "m" + round, "z" + round);
        }
    }

    @Test
    void a_new_lane_is_found_while_known_ones_are_read_on() throws SQLException {
        insert("b", 100_000);
        lanesOfTakes(10, 1);
        insert("a", 1);

        List<String> lanes = new ArrayList<>();
        while (!lanes.contains("a") && lanes.size() < 90_000) {
            lanes.addAll(lanesOfTakes(10, 1));
        }

        assertThat(lanes).contains("a");
    }

    @Test
    void due_retries_of_one_lane_do_not_go_before_those_of_another() throws SQLException {
        insert("a", 1_500);
        insert("b", 2);
        Revisits revisits = new Revisits("test.step");
        for (String lane : List.of("a", "b")) {
            rows.all("SELECT id FROM jobs.job WHERE lane = '%s' ORDER BY id".formatted(lane))
                    .forEach(id -> revisits.add(Long.parseLong(id), new LaneKey(NORMAL, lane)));
        }

        assertThat(revisits.take(connection, 4, lane -> false))
                .extracting(job -> job.lane().lane())
                .containsExactly("a", "b", "a", "b");
    }

    @Test
    void while_more_is_due_than_one_batch_every_lane_gets_something_moved() throws SQLException {
        rows.run("INSERT INTO jobs.later_job (type, lane, args, run_at)"
                + " SELECT 'test.step', 'a', '', clock_timestamp() - interval '1 hour' FROM generate_series(1, 12000)");
        rows.run("INSERT INTO jobs.later_job (type, lane, args) VALUES ('test.step', 'b', '')");

        List<ReadyJob> first = new PromoteDueJobs().promote(connection);

        assertThat(first)
                .hasSizeLessThan(6_000)
                .extracting(job -> job.lane().lane())
                .contains("b");
    }

    @Test
    void future_jobs_cost_nothing() throws SQLException {
        rows.run("INSERT INTO jobs.later_job (type, lane, args, run_at)"
                + " SELECT 'test.step', 'a', '', clock_timestamp() + interval '1 hour' FROM generate_series(1, 20000)");
        rows.run("ANALYZE jobs.later_job");

        assertThat(rows.all("EXPLAIN " + PromoteDueJobs.IN_ORDER))
                .anyMatch(line -> line.contains("Index Cond: (run_at <="));
    }

    private List<WaitingJob> takes(int room, int times) throws SQLException {
        List<WaitingJob> all = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            List<WaitingJob> taken = rotation.take(connection, room, lane -> false);
            assertThat(taken).hasSizeLessThanOrEqualTo(room);
            all.addAll(taken);
        }
        return all;
    }

    private List<String> lanesOfTakes(int room, int times) throws SQLException {
        return takes(room, times).stream().map(job -> job.lane().lane()).toList();
    }

    private List<Long> idsOfTakes(int room, int times) throws SQLException {
        return takes(room, times).stream().map(job -> job.envelope().id()).toList();
    }

    private List<String> lanesUntilExhausted() throws SQLException {
        List<String> lanes = new ArrayList<>(lanesOfTakes(10, 1));
        while (!rotation.isExhausted()) {
            lanes.addAll(lanesOfTakes(10, 1));
        }
        return lanes;
    }

    private void insertLanes(int lanes, int ofEach) {
        rows.run("INSERT INTO jobs.job (type, lane, args)"
                + " SELECT 'test.step', lpad((i %% %d)::text, 5, '0'), '' FROM generate_series(1, %d) i"
                        .formatted(lanes, lanes * ofEach));
    }

    private void insert(String lane, int count) {
        rows.run("INSERT INTO jobs.job (type, lane, args) SELECT 'test.step', '%s', '' FROM generate_series(1, %d)"
                .formatted(lane, count));
    }
}
