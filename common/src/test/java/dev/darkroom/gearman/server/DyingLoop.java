package dev.darkroom.gearman.server;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.ThreadAwareExecutor;

/** Netty's own I/O, except that an error strikes outside all handlers when it is told to, as lack of memory does. */
final class DyingLoop implements IoHandlerFactory {

    private volatile boolean dying;
    private volatile IoHandler running;

    void die() {
        dying = true;
        running.wakeup();
    }

    @Override
    public IoHandler newHandler(ThreadAwareExecutor executor) {
        IoHandler real = NioIoHandler.newFactory().newHandler(executor);
        running = real;
        return new IoHandler() {
            @Override
            public void initialize() {
                real.initialize();
            }

            @Override
            public int run(IoHandlerContext context) {
                int handled = real.run(context);
                if (dying) {
                    throw new OutOfMemoryError("not really");
                }
                return handled;
            }

            @Override
            public void prepareToDestroy() {
                real.prepareToDestroy();
            }

            @Override
            public void destroy() {
                real.destroy();
            }

            @Override
            public IoRegistration register(IoHandle handle) throws Exception {
                return real.register(handle);
            }

            @Override
            public void wakeup() {
                real.wakeup();
            }

            @Override
            public boolean isCompatible(Class<? extends IoHandle> handleType) {
                return real.isCompatible(handleType);
            }
        };
    }
}
