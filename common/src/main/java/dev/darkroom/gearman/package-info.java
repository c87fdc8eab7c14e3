/**
 * A Gearman library: client, worker, administration and a small job server, on one Netty event loop each.
 *
 * <pre>{@code
 * public static void main(String[] arguments) throws Exception {
 *     List<ServerAddress> servers = List.of(ServerAddress.parse(arguments[0]));
 *     ExecutorService threads = Executors.newFixedThreadPool(4);
 *     GearmanWorker.Builder builder = GearmanWorker.builder().servers(servers);
 *     builder.capacity(4).executor(threads).function("reverse", job -> {
 *         String text = new String(job.payload(), UTF_8);
 *         return new StringBuilder(text).reverse().toString().getBytes(UTF_8);
 *     });
 *     try (GearmanWorker worker = builder.build();
 *             GearmanClient client = GearmanClient.builder().servers(servers).build()) {
 *         client.awaitConnected(Duration.ofSeconds(5));
 *         ForegroundJob job = client.submit(new Submission("reverse", "", "hello".getBytes(UTF_8)));
 *         System.out.println(new String(job.result().get(), UTF_8));
 *         worker.drain().get();
 *     }
 *     threads.shutdown();
 * }
 * }</pre>
 *
 * <h2>Which class for what</h2>
 *
 * <ul>
 *   <li>{@link dev.darkroom.gearman.client.GearmanClient} submits jobs and asks for their status.
 *   <li>{@link dev.darkroom.gearman.worker.GearmanWorker} takes jobs: either {@link dev.darkroom.gearman.worker.JobFunction
 *       functions} run on an executor, as above, or a {@link dev.darkroom.gearman.worker.JobReceiver} is handed each job
 *       and answers it when it likes, from any thread: that is the fast way, with thousands of jobs held at once.
 *   <li>{@link dev.darkroom.gearman.admin.GearmanAdmin} asks a server about its functions and workers.
 *   <li>{@link dev.darkroom.gearman.server.JobServer} is for tests and for programs that bring their own server.
 *   <li>Here: what they share, a server's address, a job's handle, priorities, and errors, all of which are
 *       {@link dev.darkroom.gearman.GearmanException}s.
 * </ul>
 *
 * <h2>Threads and back-pressure</h2>
 *
 * Clients and workers are thread-safe, never block unless their name says so, and have one thread each, however many
 * servers. Listeners, receivers and what hangs on a client's futures run on that thread and must not block. A client
 * refuses a request when as many as allowed are unanswered ({@code maxInFlight}), or waits where the method says that it
 * does. A worker asks for no more jobs than its capacity, which can be changed at any time; zero pauses. It keeps that
 * many grabs in flight while jobs come, and few when they do not. Several servers share the capacity by places: each gets
 * an equal part as long as it has jobs, and no slow or dead one holds more. What a worker sends about its jobs is not
 * limited: a function that sends data faster than the server reads fills memory.
 *
 * <h2>What failure means</h2>
 *
 * <ul>
 *   <li>A job runs at least once while its server lives. When a worker's connection is lost, the server gives its jobs to
 *       others, so a job may run twice: its effect should be the same as of once.
 *   <li>A failed job is gone: no job server tries it again. An exception is a failure with a reason, and ends the job by
 *       itself; only clients that asked for exceptions get the reason, others hear of a failure.
 *   <li>An answer belongs to the connection that brought its job. Once that is lost the answer is dropped and reported to
 *       the worker's listener; it is never sent to another connection.
 *   <li>A request whose connection was lost, or whose answer did not come in time, may or may not have been taken: the
 *       errors say which of the two it is. Only {@link dev.darkroom.gearman.NotConnectedException} and
 *       {@link dev.darkroom.gearman.TooManyInFlightException} mean that nothing was sent.
 *   <li>Connections come back by themselves, with growing, random waits. What a server held in memory does not: after a
 *       restart of gearmand its queue is empty, unless it was given a persistent one.
 *   <li>To stop without a job running twice: {@code drain()}, wait, {@code close()}. Closing at once makes the server give
 *       the held jobs away and count each as one try of {@code --job-retries}.
 * </ul>
 *
 * <h2>Unique keys</h2>
 *
 * While a job of the same function and key waits or runs on a server, a submission is answered with that job's handle and
 * its own payload is dropped. Keys are per server, so a client sends a key to the same server each time, as far as that is
 * connected. An empty key never coalesces; {@code -} stands for the payload itself. At most 63 bytes.
 *
 * <h2>What to know of gearmand 1.1.20</h2>
 *
 * <ul>
 *   <li>A time-out of a function works with one job a connection only: it keeps a single timer for all, which does not end
 *       with its job and then hands out the finished one again, without payload. This worker holds one job a server at a
 *       time when a function has a time-out, and ends the timer itself. Time-outs under a second are a second.
 *   <li>Nobody is woken when a delayed job falls due: this worker asks again at intervals ({@code regrabInterval}).
 *   <li>A low job behind a delayed one is not given out before that is due, and who sleeps meanwhile is woken at once,
 *       thousands of times a second: this worker slows down to 20.
 *   <li>Of several functions of a connection, the one announced last is served first and alone as long as it has jobs,
 *       whatever the priorities, unless gearmand runs with {@code --round-robin}.
 *   <li>A function that throws ends its job by an exception. To clients that did not ask for exceptions gearmand sends it as
 *       a failure with a NUL too many: this client reads it, the program {@code gearman} waits on.
 *   <li>Withdrawing a function gives the jobs of it away that the connection holds: this worker waits for them first.
 *   <li>{@code --hashtable-buckets} should be near the number of jobs queued; the default, 991, makes large queues slow.
 * </ul>
 *
 * Knows nothing of the job ledger or of photos.
 */
@NullMarked
package dev.darkroom.gearman;

import org.jspecify.annotations.NullMarked;
