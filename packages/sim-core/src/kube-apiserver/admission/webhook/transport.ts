import type { Webhook } from '../../../api/admissionregistration-v1/webhook.ts';

/** A question to a webhook. */
export interface WebhookPost {
  readonly client: Webhook['clientConfig'];
  /** Path and query. */
  readonly path: string;
  /** JSON. */
  readonly body: string;
  /** Milliseconds of request time that the answer may take. */
  readonly timeout: number;
}

/** What came back; or why nothing did, in the words of Go's HTTP client. */
export type WebhookReply = { readonly status: number; readonly body: string } | { readonly failure: string };

/**
 * The way from the API server to webhooks: over the cluster's network, never out of the process. Calls `done` once,
 * before it returns where nothing takes time.
 */
export interface WebhookTransport {
  post(question: WebhookPost, done: (reply: WebhookReply) => void): void;
}

/** What is said when the time is over (Go's context.DeadlineExceeded). */
export const DEADLINE_EXCEEDED = 'context deadline exceeded';
