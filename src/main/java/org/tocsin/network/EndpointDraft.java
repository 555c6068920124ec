package org.tocsin.network;

import java.util.List;

/** What somebody typed to register an endpoint; nothing of it is checked yet. */
public record EndpointDraft(
    String url, String scope, List<String> types, String description, String contactEmail) {
  @Override
  public String toString() {
    return "EndpointDraft[" + scope + "]";
  }
}
