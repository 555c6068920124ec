package org.tocsin.bench;

/** What a receiver expects. */
public sealed interface Reception permits MailReception, WebhookReception {}
