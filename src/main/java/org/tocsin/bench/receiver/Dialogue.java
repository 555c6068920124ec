package org.tocsin.bench.receiver;

/** One side of one connection, without the connection: bytes in, replies out. */
interface Dialogue {
  /** What is said before anything is heard. */
  void open(Replies replies);

  /** Takes what is whole, leaves the rest; stops where the replies end the conversation. */
  void read(Intake intake, Replies replies);
}
