package org.tocsin.channels.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class HostNameTest {
  @Property
  void everySpellingOfAnIpv4AddressIsReadAsTheSame(
      @ForAll int address,
      @ForAll @IntRange(min = 1, max = 4) int parts,
      @ForAll @Size(4) List<@IntRange(min = 0, max = 3) Integer> bases,
      @ForAll boolean trailingDot)
      throws RefusedUrl {
    String usual =
        (address >>> 24)
            + "."
            + ((address >>> 16) & 255)
            + "."
            + ((address >>> 8) & 255)
            + "."
            + (address & 255);
    List<String> spelled = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      boolean last = i == parts - 1;
      long part =
          last
              ? (address & 0xffffffffL) & ((1L << (8 * (5 - parts))) - 1)
              : (address >>> (24 - 8 * i)) & 255;
      spelled.add(spell(part, bases.get(i)));
    }
    HostName host = HostName.of(String.join(".", spelled) + (trailingDot ? "." : ""));
    assertThat(host.name()).isEqualTo(usual);
    assertThat(host.literal()).isPresent();
  }

  private static String spell(long part, int base) {
    return switch (base) {
      case 0 -> Long.toString(part);
      case 1 -> "0" + Long.toString(part, 8);
      case 2 -> "0x" + Long.toString(part, 16);
      default -> "0X00" + Long.toString(part, 16).toUpperCase(Locale.ROOT);
    };
  }
}
