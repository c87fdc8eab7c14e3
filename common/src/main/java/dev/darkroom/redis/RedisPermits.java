package dev.darkroom.redis;

import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.Rate;
import dev.darkroom.jobs.limit.Claim;
import dev.darkroom.jobs.limit.SharedPermits;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.redisson.api.RScript;
import org.redisson.api.RScript.Mode;
import org.redisson.api.RScript.ReturnType;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisException;
import org.redisson.client.RedisNoScriptException;
import org.redisson.client.codec.StringCodec;

/**
 * Permits of limits in Redis, which the relays of all databases share: one call of a script for any number of them. What a
 * dead relay held frees itself. What is lost with the server is said again within a second. Thread-safe.
 */
public final class RedisPermits implements SharedPermits, AutoCloseable {

    /** A relay waits no longer: it hands out for other types too, and has its own share to fall back to. */
    private static final Duration ANSWER = Duration.ofMillis(500);

    private static final String PREFIX = "limit:";

    private static final String SCRIPT = script();

    private final RedissonClient redis;
    private final Duration holds;
    private volatile String sha = "";

    private RedisPermits(RedissonClient redis, Duration holds) {
        this.redis = redis;
        this.holds = holds;
    }

    /**
     * Connects when first used.
     *
     * @param address {@code host:port}
     * @param connections most at a time: as many as there are threads that use it
     */
    public static RedisPermits open(String address, int connections) {
        return open(address, connections, Claim.HOLDS, ANSWER);
    }

    /**
     * As {@link #open(String, int)}, for who can wait longer.
     *
     * @param holds after so long a relay that says nothing any more holds nothing any more
     * @param answer after so long without one a call fails
     */
    public static RedisPermits open(String address, int connections, Duration holds, Duration answer) {
        return new RedisPermits(RedisClients.open(address, connections, answer, 0), holds);
    }

    @Override
    public void close() {
        redis.shutdown();
    }

    @Override
    public List<Integer> claim(String relay, List<Claim> claims) {
        return run(relay, claims, 1);
    }

    @Override
    public void giveBack(String relay, List<Claim> unused) {
        run(relay, unused.stream().filter(claim -> claim.rate() != null).toList(), -1);
    }

    private List<Integer> run(String relay, List<Claim> claims, int sign) {
        if (claims.isEmpty()) {
            return List.of();
        }
        List<Object> keys = new ArrayList<>();
        List<Object> arguments = new ArrayList<>(List.of(relay, holds.toMillis()));
        for (Claim claim : claims) {
            Rate rate = claim.rate();
            keys.add(PREFIX + (rate == null ? "jobs:" : "rate:") + claim.key());
            if (rate == null) {
                arguments.addAll(List.of("jobs", claim.most(), claim.held(), claim.wanted()));
            } else {
                arguments.addAll(
                        List.of("rate", rate.count(), rate.period().toMillis(), rate.burst(), sign * claim.wanted()));
            }
        }
        try {
            return evaluate(keys, arguments.toArray()).stream()
                    .map(granted -> Integer.valueOf(granted.toString()))
                    .toList();
        } catch (RedisException | CompletionException e) {
            // The client says it in either way, the latter while it has never been connected.
            throw new JobException("Redis does not grant permits: " + e.getMessage(), e);
        }
    }

    private List<Object> evaluate(List<Object> keys, Object[] arguments) {
        RScript scripting = redis.getScript(StringCodec.INSTANCE);
        if (!sha.isEmpty()) {
            try {
                return scripting.evalSha(Mode.READ_WRITE, sha, ReturnType.LIST, keys, arguments);
            } catch (RedisNoScriptException e) {
                // The server was restarted or replaced: it is loaded below.
                sha = "";
            }
        }
        sha = scripting.scriptLoad(SCRIPT);
        return scripting.evalSha(Mode.READ_WRITE, sha, ReturnType.LIST, keys, arguments);
    }

    private static String script() {
        try (InputStream resource = RedisPermits.class.getResourceAsStream("permits.lua")) {
            if (resource == null) {
                throw new IllegalStateException("permits.lua is missing beside the classes; build again");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
