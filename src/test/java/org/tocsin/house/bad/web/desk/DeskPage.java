package org.tocsin.house.bad.web.desk;

/** For staff. */
public record DeskPage() {}
