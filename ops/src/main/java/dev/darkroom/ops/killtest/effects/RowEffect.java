package dev.darkroom.ops.killtest.effects;

import dev.darkroom.jobs.Outcome;
import java.sql.PreparedStatement;

/** One more row for every outcome that counts; nothing but the fence keeps it from being written twice. */
final class RowEffect implements Effect {

    @Override
    public Outcome take(JobKey key) {
        return Outcome.done().writing(transaction -> {
            try (PreparedStatement insert =
                    transaction.connection().prepareStatement("INSERT INTO killtest.effect (key) VALUES (?)")) {
                insert.setLong(1, key.value());
                insert.executeUpdate();
            }
        });
    }
}
