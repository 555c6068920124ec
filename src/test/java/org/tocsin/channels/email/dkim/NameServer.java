package org.tocsin.channels.email.dkim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;

/** A name server on loopback that knows what a test published. */
final class NameServer implements AutoCloseable {
  private static final int TTL = 60;

  private final List<Record> records = new CopyOnWriteArrayList<>();
  private final DatagramSocket socket;
  private volatile boolean failing;

  NameServer() {
    try {
      socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    Thread.ofVirtual().start(this::serve);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  void publish(String name, List<String> strings) {
    records.add(new TXTRecord(name(name), DClass.IN, TTL, strings));
  }

  void alias(String name, String target) {
    records.add(new CNAMERecord(name(name), DClass.IN, TTL, name(target)));
  }

  void fail() {
    failing = true;
  }

  private static Name name(String name) {
    try {
      return Name.fromString(name + ".");
    } catch (TextParseException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }

  private void serve() {
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(new byte[4_096], 4_096);
        socket.receive(packet);
        Message query = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
        byte[] answer = answer(query).toWire();
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private Message answer(Message query) {
    Message answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.addRecord(query.getQuestion(), Section.QUESTION);
    List<Record> found =
        records.stream()
            .filter(record -> record.getName().equals(query.getQuestion().getName()))
            .toList();
    found.forEach(record -> answer.addRecord(record, Section.ANSWER));
    if (failing) {
      answer.getHeader().setRcode(Rcode.SERVFAIL);
    } else if (found.isEmpty()) {
      answer.getHeader().setRcode(Rcode.NXDOMAIN);
    }
    return answer;
  }

  @Override
  public void close() {
    socket.close();
  }
}
