package org.tocsin.web.portal;

import java.util.List;
import org.tocsin.correspondents.Member;

/**
 * What a member should look at now, most urgent first. The portal owns this seam; features above it
 * implement it, so that the front page knows no alert.
 */
@FunctionalInterface
public interface Notices {
  /** Nothing, for ever. */
  Notices NONE = member -> List.of();

  List<Notice> of(Member member);

  /**
   * One line of the front page.
   *
   * @param path below {@code /portal/}
   * @param stopped it must not be acted on any more
   */
  record Notice(String title, String text, String path, boolean stopped) {}
}
