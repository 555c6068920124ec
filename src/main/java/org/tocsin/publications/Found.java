package org.tocsin.publications;

import java.util.List;

/**
 * An issue that a search found.
 *
 * @param excerpt the words around the hits, piece by piece
 */
public record Found(Issue.Published issue, List<Piece> excerpt) {
  public record Piece(String text, boolean hit) {}
}
