package dev.darkroom.jobs.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.ledger.LedgerRows;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.testing.PostgresExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WaitingTypesIT {

    private static final Map<String, SortedSet<Short>> ALL =
            Map.of("a.first", set(1), "b.middle", set(0, 1, 2), "c.last", set(1));

    @RegisterExtension
    static final PostgresExtension POSTGRES =
            new PostgresExtension().withSchema("ledger_1", source -> LedgerSchema.migrate(source, 1));

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
    void those_that_are_known_are_not_looked_for_and_all_others_are_found() throws SQLException {
        ALL.forEach((type, priorities) -> priorities.forEach(priority -> insert(type, priority)));

        for (Map<String, SortedSet<Short>> known : List.<Map<String, SortedSet<Short>>>of(
                Map.of(),
                Map.of("a.first", set(1)),
                Map.of("b.middle", set(1)),
                Map.of("b.middle", set(0, 2), "c.last", set(1)),
                ALL)) {
            assertThat(WaitingTypes.in(connection, known))
                    .as("knowing %s", known)
                    .isEqualTo(ALL);
        }
    }

    @Test
    void what_is_known_is_believed() throws SQLException {
        insert("b.middle", (short) 1);

        assertThat(WaitingTypes.in(connection, Map.of("a.first", set(0))))
                .isEqualTo(Map.of("a.first", set(0), "b.middle", set(1)));
    }

    @Test
    void nothing_waits_in_an_empty_ledger() throws SQLException {
        assertThat(WaitingTypes.in(connection, Map.of())).isEmpty();
    }

    private void insert(String type, short priority) {
        rows.run("INSERT INTO jobs.job (type, priority, args) VALUES ('" + type + "', " + priority + ", '')");
    }

    private static SortedSet<Short> set(int... priorities) {
        SortedSet<Short> set = new TreeSet<>();
        for (int priority : priorities) {
            set.add((short) priority);
        }
        return set;
    }
}
