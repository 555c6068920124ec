package org.tocsin.calls;

/** An answer about to be given. */
public record AnswerDraft(boolean can, String note, String days) {
  @Override
  public String toString() {
    return "answer draft";
  }
}
