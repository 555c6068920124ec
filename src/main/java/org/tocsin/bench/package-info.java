/**
 * Measures whole hubs, each a process over one PostgreSQL, against receivers that swear to what
 * they got ({@code receiver}) and beside bare clients that show the raw limit ({@code load}).
 *
 * <p>A {@code …Bench} says what is measured: on a {@code BenchGround} (database, keys, people) a
 * {@code Fleet} of {@code HubNode}s sends, as staff release it over the API; what came of it is a
 * {@code Trial}, and the {@code Figure} is printed. A figure stands beside a limit of the same run,
 * because machines differ and are noisy.
 */
@NullMarked
package org.tocsin.bench;

import org.jspecify.annotations.NullMarked;
