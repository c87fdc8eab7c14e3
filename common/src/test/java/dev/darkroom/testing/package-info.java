/**
 * Real servers for tests: JUnit extensions that start one PostgreSQL, Redis or S3 per JVM and give each test a clean
 * place in it. Other modules use them through this module's test jar.
 */
@NullMarked
package dev.darkroom.testing;

import org.jspecify.annotations.NullMarked;
