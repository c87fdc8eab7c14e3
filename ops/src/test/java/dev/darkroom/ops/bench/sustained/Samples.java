package dev.darkroom.ops.bench.sustained;

/** Made-up samples. */
final class Samples {

    private Samples() {}

    static Sample at(double seconds, double jobsPerSecond) {
        return at(seconds, jobsPerSecond, new Sample.Waits(jobsPerSecond / 2, jobsPerSecond * 2));
    }

    static Sample at(double seconds, double jobsPerSecond, Sample.Waits waits) {
        return new Sample(
                seconds,
                new Sample.Throughput(jobsPerSecond, jobsPerSecond + 1, 12),
                waits,
                new Sample.Table(3, 4, 5_000_000, 6_000_000),
                7_000_000,
                new Sample.Memory(8, 9, 10));
    }
}
