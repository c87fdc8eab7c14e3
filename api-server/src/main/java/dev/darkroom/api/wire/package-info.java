/**
 * How requests and answers look on the v1 wire: paths, parameters, envelope, paging, JSONP. Knows no concept of the product;
 * may use {@code api.error} only.
 */
@NullMarked
package dev.darkroom.api.wire;

import org.jspecify.annotations.NullMarked;
