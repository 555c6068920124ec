package org.tocsin.house.bad.web.site;

import org.tocsin.house.bad.web.desk.DeskPage;

/** Shows the public what is for staff. */
public record UsesTheDesk(DeskPage page) {}
