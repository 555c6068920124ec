package org.tocsin.bench.receiver;

/** What a receiver expects. */
public sealed interface Reception permits MailReception, WebhookReception {}
