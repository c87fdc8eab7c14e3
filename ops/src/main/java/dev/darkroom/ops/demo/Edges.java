package dev.darkroom.ops.demo;

import java.util.Arrays;

/** Edges as they are read: two arrays that grow. Not thread-safe. */
final class Edges {

    private static final int FIRST_SIZE = 1 << 16;

    private int[] from = new int[FIRST_SIZE];
    private int[] to = new int[FIRST_SIZE];
    private int size;
    int highest;

    void add(int follower, int followee) {
        if (size == from.length) {
            from = Arrays.copyOf(from, size * 2);
            to = Arrays.copyOf(to, size * 2);
        }
        from[size] = follower;
        to[size] = followee;
        size++;
        highest = Math.max(highest, Math.max(follower, followee));
    }

    int[] followers() {
        return Arrays.copyOf(from, size);
    }

    int[] followees() {
        return Arrays.copyOf(to, size);
    }
}
