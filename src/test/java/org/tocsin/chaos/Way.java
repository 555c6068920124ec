package org.tocsin.chaos;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.tocsin.bench.receiver.ReceiverProcess;
import org.tocsin.broadcasts.Delivery;

/**
 * How a sending goes: to a receiver that swears to what it got.
 *
 * @param reading makes receipts of the receiver's lines, by the ids of these deliveries
 */
record Way(ReceiverProcess receiver, BiFunction<String, List<Delivery>, Receipts> reading) {
  /** The id travels with a mail. */
  static Way mail(ReceiverProcess relay, Predicate<String> addresses) {
    return new Way(relay, (lines, _) -> Receipts.of(lines, addresses));
  }
}
