package org.tocsin.platform.cluster;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleListener;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells operators how many nodes hear one another, this one included. */
final class Companions implements MembershipListener, LifecycleListener {
  private static final Logger log = LoggerFactory.getLogger(Companions.class);

  private final AtomicInteger nodes = new AtomicInteger();

  Companions(MeterRegistry meters) {
    Gauge.builder("tocsin.cluster.nodes", nodes, AtomicInteger::get)
        .description("Nodes that hear one another, this one included; 0 when it hears nobody")
        .register(meters);
  }

  /** This node is the first. */
  @Override
  public void memberAdded(MembershipEvent event) {
    tell(event.getMembers().size(), "A node joined the cluster");
  }

  @Override
  public void memberRemoved(MembershipEvent event) {
    tell(event.getMembers().size(), "A node left the cluster");
  }

  @Override
  public void stateChanged(LifecycleEvent event) {
    if (event.getState() == LifecycleEvent.LifecycleState.SHUTDOWN) {
      tell(0, "This node is out of the cluster");
    }
  }

  private void tell(int many, String what) {
    nodes.set(many);
    log.atInfo().addKeyValue("nodes", many).log(what);
  }
}
