package org.tocsin.house.bad.subscribers;

import java.util.List;
import org.tocsin.house.bad.network.Partner;

/** Looks beside, and closes a circle. */
public record Person(List<Partner> partners) {}
