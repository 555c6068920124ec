/**
 * Who may. Staff have roles; a role has permissions; every route of the desk and the API names one.
 * A session or an API token stands for one member of staff.
 */
@NullMarked
package org.tocsin.access;

import org.jspecify.annotations.NullMarked;
