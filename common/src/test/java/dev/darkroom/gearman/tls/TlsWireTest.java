package dev.darkroom.gearman.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.client.GearmanClient;
import dev.darkroom.gearman.server.JobServer;
import dev.darkroom.gearman.worker.GearmanWorker;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What goes over the wire beneath the packets. */
class TlsWireTest extends TlsContract {

    @Test
    void a_handshake_that_comes_byte_by_byte_is_done() throws Exception {
        JobServer server = server(certificates.server());
        try (ServerSocket relay = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread relaying = new Thread(() -> relay(relay, server.port()), "relay");
            relaying.setDaemon(true);
            relaying.start();
            GearmanClient client =
                    opened(clientOf(new ServerAddress("127.0.0.1", relay.getLocalPort()), certificates.client())
                            .build());
            assertThat(client.awaitConnected(PATIENCE)).isTrue();
        }
    }

    @Test
    void a_worker_says_that_nothing_more_comes_before_it_ends_the_connection() throws Exception {
        CompletableFuture<SslCloseCompletionEvent> ended = new CompletableFuture<>();
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            Channel listening = new ServerBootstrap()
                    .group(group)
                    .channel(NioServerSocketChannel.class)
                    .childHandler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline()
                                    .addLast(
                                            new SslHandler(certificates.server().newEngine()), new EndListener(ended));
                        }
                    })
                    .bind(InetAddress.getLoopbackAddress(), 0)
                    .sync()
                    .channel();
            int port = ((InetSocketAddress) listening.localAddress()).getPort();
            GearmanWorker worker = GearmanWorker.builder()
                    .servers(List.of(new ServerAddress("127.0.0.1", port)))
                    .tls(certificates.client())
                    .function("f")
                    .receiver(job -> {})
                    .build();
            assertThat(worker.awaitConnected(PATIENCE)).isTrue();
            worker.close();

            assertThat(ended.get(10, TimeUnit.SECONDS).isSuccess())
                    .as("close_notify came before the end")
                    .isTrue();
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    /** From the server to the client each byte by itself. */
    private static void relay(ServerSocket listening, int port) {
        try (Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.setTcpNoDelay(true);
            Thread requests = new Thread(() -> copy(client, server), "relay-requests");
            requests.setDaemon(true);
            requests.start();
            OutputStream out = client.getOutputStream();
            for (int read = server.getInputStream().read();
                    read >= 0;
                    read = server.getInputStream().read()) {
                out.write(read);
            }
        } catch (IOException e) {
            // The test has ended.
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // The test has ended.
        }
    }

    /** Hears how the connection ended; reads the rest away. */
    private static final class EndListener extends ChannelInboundHandlerAdapter {

        private final CompletableFuture<SslCloseCompletionEvent> ended;

        EndListener(CompletableFuture<SslCloseCompletionEvent> ended) {
            this.ended = ended;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof SslCloseCompletionEvent end) {
                ended.complete(end);
            }
        }
    }
}
