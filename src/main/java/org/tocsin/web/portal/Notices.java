package org.tocsin.web.portal;

import java.util.List;
import org.tocsin.correspondents.Member;
import org.tocsin.platform.language.Messages;

/**
 * What the front page shows a member. The portal owns this seam, so that the page itself knows no
 * alert.
 */
@FunctionalInterface
public interface Notices {
  Board of(Member member, Messages words);

  /** One after the other; what comes first is the more urgent. */
  static Notices all(List<Notices> each) {
    return (member, words) -> {
      List<Board> boards = each.stream().map(one -> one.of(member, words)).toList();
      return new Board(
          boards.stream().flatMap(board -> board.now().stream()).toList(),
          boards.stream().flatMap(board -> board.earlier().stream()).toList());
    };
  }

  /**
   * @param now what to look at now, most urgent first
   * @param earlier what asks for nothing any more, newest first
   */
  record Board(List<Notice> now, List<Notice> earlier) {}

  /**
   * One line of the front page.
   *
   * @param path below {@code /portal/}
   */
  record Notice(String title, String text, String path, Tone tone) {}

  enum Tone {
    /** It must not be acted on any more. */
    STOP,
    /** It must not be acted on for now. */
    HELD,
    PLAIN
  }
}
