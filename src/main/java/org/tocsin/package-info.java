/**
 * Tocsin: the notification and case-alert hub of a human-rights committee.
 *
 * <p>Layers, from the top; a package uses packages below it, never above or beside:
 *
 * <pre>
 * App  commands                                          what an operator types
 * bench                                                  what the engine is measured and tried against
 * hub                                                    constructs everything, once, by plain constructors
 * web.desk  web.portal  web.site  web.api  web.dev       who is asking: staff, members, the public, machines, developers
 * alerts  calls  outreach  reminders                     what is told of live cases, whom we ask for help, what we said, what waits
 * officials  filings  developments                       who is written to about a case, where it is brought, what may be said of it
 * publications  cases                                    why we write to people
 * release                                                two people, one hash
 * subscribers  correspondents  network                   who we write to
 * broadcasts                                             how one message becomes many deliveries (the engine)
 * channels.email  channels.webhook                       how one delivery leaves the house
 * access, audit                                          who may; who did
 * mailbox                                                where a demo's mail ends
 * letters                                                how a letter is set
 * platform                                               knows none of the above
 * </pre>
 */
@NullMarked
package org.tocsin;

import org.jspecify.annotations.NullMarked;
