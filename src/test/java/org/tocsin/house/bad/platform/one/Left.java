package org.tocsin.house.bad.platform.one;

import java.util.List;
import org.tocsin.house.bad.platform.two.Right;

/** Half of a circle. */
public record Left(List<Right> rights) {}
