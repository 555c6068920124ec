package org.tocsin.platform.observability;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * One thing the hub needs to be ready.
 *
 * @param problem looks (on a virtual thread, within the management port's deadline) and says what
 *     is wrong, if anything is
 */
public record ReadinessCheck(String name, Supplier<Optional<String>> problem) {}
