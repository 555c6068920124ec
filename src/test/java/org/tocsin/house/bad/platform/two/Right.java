package org.tocsin.house.bad.platform.two;

import java.util.List;
import org.tocsin.house.bad.platform.one.Left;

/** Half of a circle. */
public record Right(List<Left> lefts) {}
