import type { Webhook } from '../../../api/admissionregistration-v1/webhook.ts';
import { goQuote } from '../../../apimachinery/go-syntax.ts';
import { newBadRequest, newInternalError, type StatusError } from '../../../apimachinery/status-error.ts';
import { type RandomStream, uuid } from '../../../sim/random.ts';
import type { AdmissionRequest } from '../admission.ts';
import { newReview, type Review, reviewVersion } from './admission-review.ts';
import type { Conversations } from './conversation.ts';
import { denial } from './denial.ts';
import type { Invocation } from './invocation.ts';
import { CallFailure, type ReviewResponse, readResponse } from './review-response.ts';
import { DEADLINE_EXCEEDED, type WebhookReply, type WebhookTransport } from './transport.ts';

/** What calling takes. */
export interface Calling {
  readonly transport: WebhookTransport;
  readonly conversations: Conversations<Asked>;
  readonly uids: RandomStream;
}

/** A question that was put, and what came of it. */
export interface Asked {
  readonly review: Review;
  readonly reply: WebhookReply;
}

const DEFAULT_TIMEOUT = 10;
const DEFAULT_PORT = 443;
/** What may be asked although nothing will be stored. */
const WITHOUT_SIDE_EFFECTS: readonly string[] = Object.freeze(['None', 'NoneOnDryRun']);

/**
 * Asks a webhook about a write (mutating/dispatcher.go callAttrMutatingHook, validating/dispatcher.go callHook).
 * @param round tells a reinvocation from the first call
 * @throws CallFailure where there is no proper answer; StatusError where the write is refused; PendingError
 */
export function callWebhook(
  calling: Calling,
  invocation: Invocation,
  request: AdmissionRequest,
  { isMutating, round = 0 }: { isMutating: boolean; round?: number },
): ReviewResponse {
  const { webhook } = invocation.hook;
  refuseSideEffects(webhook, request);
  const url = urlOf(webhook);
  const { review, reply } = ask(calling, invocation, request, `${invocation.hook.id} ${round}`);
  const response = readResponse(reply, review, url, isMutating);
  for (const warning of response.warnings) request.warn?.(warning);
  if (!response.allowed) throw denial(webhook.name, response.status);
  return response;
}

/** The 500 of a webhook that fails closed (webhook/errors.go, ErrCallingWebhook). */
export function callError({ name }: Webhook, reason: string): StatusError {
  return newInternalError(`failed calling webhook ${goQuote(name)}: ${reason}`);
}

/** A dry run must not change anything, anywhere. @throws StatusError BadRequest */
function refuseSideEffects({ name, sideEffects = '' }: Webhook, { dryRun }: AdmissionRequest): void {
  if (dryRun !== true || WITHOUT_SIDE_EFFECTS.includes(sideEffects)) return;
  throw newBadRequest(`admission webhook ${goQuote(name)} does not support dry run`);
}

function ask(calling: Calling, invocation: Invocation, request: AdmissionRequest, hook: string): Asked {
  const { webhook } = invocation.hook;
  const version = reviewVersion(invocation);
  if (version === undefined) {
    const known = 'webhook does not accept known AdmissionReview versions (v1, v1beta1)';
    throw new CallFailure(`could not create admission objects: ${known}`);
  }
  const { operation, kind, subresource = '', object } = request;
  const { namespace = '', name, generateName = '' } = object.metadata;
  return calling.conversations.ask({
    key: [hook, operation, kind.resource, subresource, namespace, generateName || name].join(' '),
    ask: (done) => {
      const review = newReview(version, uuid(calling.uids), invocation, request);
      const timeout = secondsOf(webhook) * 1000;
      const post = { client: webhook.clientConfig, path: pathOf(webhook), body: review.body, timeout };
      calling.transport.post(post, (reply) => done({ review, reply }));
    },
    late: () => callError(webhook, `failed to call webhook: Post ${goQuote(urlOf(webhook))}: ${DEADLINE_EXCEEDED}`),
  });
}

/** The address as messages name it. */
function urlOf(webhook: Webhook): string {
  const { service, url = '' } = webhook.clientConfig;
  if (service === undefined) return `${url.replace(/\/$/, '')}${queryOf(webhook)}`;
  const { name, namespace, port = DEFAULT_PORT } = service;
  return `https://${name}.${namespace}.svc:${port}${pathOf(webhook)}`;
}

/** Path and query; the webhook is told how long it has. */
function pathOf(webhook: Webhook): string {
  const { service, url = '' } = webhook.clientConfig;
  const path = service === undefined ? url.replace(/^https:\/\/[^/]*/, '') : (service.path ?? '');
  return `${path === '' ? '/' : path}${queryOf(webhook)}`;
}

function queryOf(webhook: Webhook): string {
  return `?timeout=${secondsOf(webhook)}s`;
}

function secondsOf({ timeoutSeconds = DEFAULT_TIMEOUT }: Webhook): number {
  return timeoutSeconds;
}
