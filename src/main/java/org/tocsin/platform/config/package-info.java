/**
 * Settings: one YAML file, every key overridable by the environment ({@code http.port} is {@code
 * TOCSIN_HTTP_PORT}). All problems are found before anything starts and each names its key.
 */
@NullMarked
package org.tocsin.platform.config;

import org.jspecify.annotations.NullMarked;
