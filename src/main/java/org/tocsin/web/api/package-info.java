/** The API for machines: openapi.yaml is the source, operations are bound by operationId. */
@NullMarked
package org.tocsin.web.api;

import org.jspecify.annotations.NullMarked;
