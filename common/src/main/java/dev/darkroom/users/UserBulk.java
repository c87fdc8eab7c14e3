package dev.darkroom.users;

import dev.darkroom.shards.CopyRows;
import dev.darkroom.shards.ShardId;
import dev.darkroom.shards.Shards;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Makes many accounts at once, spread evenly over the shards: for filling a system that is not in use yet. Thread-safe; needs
 * memory for one batch and the ids.
 */
public final class UserBulk {

    private static final int BATCH = 10_000;

    private final Shards shards;

    public UserBulk(Shards shards) {
        this.shards = shards;
    }

    /**
     * Makes the accounts, in batches of ten thousand. Each batch is written to its shards first and to the directory last, so
     * that after a failure every name has its account; batches before it stay.
     *
     * @return their ids, in the same order
     * @throws dev.darkroom.shards.DatabaseException if a username is taken, or given twice
     */
    public List<UserId> load(Iterator<NewUser> users) {
        List<UserId> ids = new ArrayList<>();
        List<NewUser> batch = new ArrayList<>(BATCH);
        while (users.hasNext()) {
            batch.add(users.next());
            if (batch.size() == BATCH || !users.hasNext()) {
                ids.addAll(loadBatch(batch));
                batch.clear();
            }
        }
        return ids;
    }

    private List<UserId> loadBatch(List<NewUser> batch) {
        List<ShardId> all = shards.all();
        UserId[] ids = new UserId[batch.size()];
        for (int i = 0; i < Math.min(all.size(), batch.size()); i++) {
            loadEvery(all.size(), i, all.get(i), batch, ids);
        }
        CopyRows names = new CopyRows("directory.account_name (username, user_id, state)");
        for (int i = 0; i < ids.length; i++) {
            names.add(batch.get(i).username().value(), ids[i].value(), "confirmed");
        }
        shards.directory().with(handle -> {
            names.writeTo(handle);
            return ids.length;
        });
        return List.of(ids);
    }

    /** Puts the accounts number {@code first}, {@code first + step} and so on into one shard. Three round trips. */
    private void loadEvery(int step, int first, ShardId shard, List<NewUser> batch, UserId[] ids) {
        int count = (batch.size() - first + step - 1) / step;
        CopyRows accounts =
                new CopyRows(shard.schema() + ".account (id, username, password_hash, full_name, bio, website)");
        CopyRows counts = new CopyRows(shard.schema() + ".account_count (user_id)");
        shards.read(shard, handle -> {
            List<Long> made = handle.createQuery("SELECT <shard>.next_ids(:count)")
                    .bind("count", count)
                    .mapTo(Long.class)
                    .list();
            for (int i = 0; i < count; i++) {
                int place = first + i * step;
                ids[place] = new UserId(made.get(i));
                NewUser user = batch.get(place);
                accounts.add(
                        made.get(i),
                        user.username().value(),
                        user.passwordHash(),
                        user.fullName(),
                        user.bio(),
                        user.website());
                counts.add(made.get(i));
            }
            accounts.writeTo(handle);
            counts.writeTo(handle);
            return count;
        });
    }
}
