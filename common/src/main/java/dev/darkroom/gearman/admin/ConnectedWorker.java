package dev.darkroom.gearman.admin;

import java.util.List;

/**
 * A connection as a job server lists it; clients and admin connections are listed too, without functions.
 *
 * @param descriptor the server's file descriptor or number for it
 * @param address where it comes from; IPv6 without brackets
 * @param clientId {@code -} where it gave none; may have blanks
 * @param functions what it announced
 */
public record ConnectedWorker(int descriptor, String address, String clientId, List<String> functions) {

    public ConnectedWorker {
        functions = List.copyOf(functions);
    }
}
