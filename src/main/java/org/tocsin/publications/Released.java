package org.tocsin.publications;

import java.time.Instant;
import org.tocsin.broadcasts.BroadcastId;
import org.tocsin.release.ReleaseId;

/**
 * What a release began.
 *
 * @param visibleAt when archive, feeds, e-mail and webhooks begin, all at once
 */
public record Released(
    Newsletter newsletter,
    ReleaseId release,
    BroadcastId email,
    BroadcastId webhook,
    Instant visibleAt) {}
