package org.tocsin.hub;

import io.vertx.core.json.JsonObject;

/** What a demo has that no other hub has: invented staff, people and issues. */
final class Demonstration {
  private final Features hub;
  private final Storage storage;

  Demonstration(Features hub, Storage storage) {
    this.hub = hub;
    this.storage = storage;
  }

  /** Fills an empty database; answers with how the demo's staff get in. */
  JsonObject prepare() {
    return new DemoStaff(hub, storage.file(".")).write();
  }
}
