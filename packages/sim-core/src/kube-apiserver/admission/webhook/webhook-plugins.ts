import { deepCopy, deepEqual } from '../../../apimachinery/deep.ts';
import { PendingError } from '../../../apimachinery/pending-error.ts';
import type { Schema } from '../../../apimachinery/schema/types.ts';
import type { Scheme } from '../../../apimachinery/scheme.ts';
import { StatusError } from '../../../apimachinery/status-error.ts';
import type { Store } from '../../../etcd/store.ts';
import type { Random } from '../../../sim/random.ts';
import type { AdmissionPlugin, AdmissionRequest } from '../admission.ts';
import { type Asked, type Calling, callError, callWebhook } from './call-webhook.ts';
import { Conversations } from './conversation.ts';
import { Equivalents } from './equivalents.ts';
import { Hooks } from './hooks.ts';
import { type Invocation, invocationOf, isExempt, type Matching } from './invocation.ts';
import { MatchConditions } from './match-conditions.ts';
import { mutate } from './mutate.ts';
import { Reinvocation } from './reinvocation.ts';
import { CallFailure } from './review-response.ts';
import type { WebhookTransport } from './transport.ts';

/** What the plugins are made from. */
export interface WebhookParts {
  readonly store: Store;
  readonly random: Random;
  readonly scheme: Scheme;
  readonly schema: Schema;
  readonly transport: WebhookTransport;
}

/** What both plugins work with. */
interface Shared {
  readonly hooks: Hooks;
  readonly matching: Matching;
  readonly calling: Calling;
  readonly schema: Schema;
}

/**
 * MutatingAdmissionWebhook and ValidatingAdmissionWebhook: whoever a MutatingWebhookConfiguration or a
 * ValidatingWebhookConfiguration names is asked about writes (k8s.io/apiserver/pkg/admission/plugin/webhook).
 */
export function webhookPlugins(parts: WebhookParts): AdmissionPlugin[] {
  const { store, random, scheme, schema, transport } = parts;
  const shared: Shared = {
    hooks: new Hooks(store),
    matching: { equivalents: new Equivalents(scheme), conditions: new MatchConditions() },
    calling: { transport, conversations: new Conversations<Asked>(), uids: random.fork('admission-reviews') },
    schema,
  };
  return [
    { name: 'MutatingAdmissionWebhook', subresources: true, admit: (request) => admit(shared, request) },
    { name: 'ValidatingAdmissionWebhook', subresources: true, validate: (request) => validate(shared, request) },
  ];
}

/** One after the other, each sees what those before it have made of the object (mutating/dispatcher.go, Dispatch). */
function admit(shared: Shared, request: AdmissionRequest): void {
  const hooks = shared.hooks.mutating;
  if (hooks.length === 0 || isExempt(request.kind)) return;
  request.reinvocation ??= new Reinvocation();
  const { reinvocation } = request;
  reinvocation.enter(request.object);
  for (const hook of hooks) {
    if (!reinvocation.isDue(hook.id)) continue;
    const invocation = invocationOf(hook, request, shared.matching);
    if (invocation === undefined) continue;
    if (change(shared, invocation, request, reinvocation)) reinvocation.changed();
    if (hook.reinvocationPolicy === 'IfNeeded') reinvocation.asked(hook.id);
  }
  reinvocation.leave(request.object);
}

/** @returns whether the object is another one now */
function change(
  { calling, schema }: Shared,
  invocation: Invocation,
  request: AdmissionRequest,
  { isAgain }: Reinvocation,
): boolean {
  return orFailurePolicy(invocation, false, () => {
    const { patch } = callWebhook(calling, invocation, request, { isMutating: true, round: isAgain ? 1 : 0 });
    if (patch === '') return false;
    const before = deepCopy(request.object);
    mutate(schema, invocation, request, patch);
    return !deepEqual(before, request.object);
  });
}

/** All are asked at the same time; the first refusal counts (validating/dispatcher.go, Dispatch). */
function validate({ hooks: { validating }, matching, calling }: Shared, request: AdmissionRequest): void {
  if (validating.length === 0 || isExempt(request.kind)) return;
  const invocations = validating.flatMap((hook) => invocationOf(hook, request, matching) ?? []);
  if (invocations.length > 0) calling.conversations.together(() => askAll(invocations, request, calling));
}

function askAll(invocations: readonly Invocation[], request: AdmissionRequest, calling: Calling): void {
  const refusals = invocations.flatMap((invocation) => {
    try {
      orFailurePolicy(invocation, undefined, () => callWebhook(calling, invocation, request, { isMutating: false }));
      return [];
    } catch (error) {
      if (error instanceof StatusError) return [error];
      throw error;
    }
  });
  // One that takes its time holds up nobody else's refusal.
  const refusal = refusals.find((error) => !(error instanceof PendingError)) ?? refusals[0];
  if (refusal !== undefined) throw refusal;
}

/** A webhook that cannot be asked stops the write, unless its failure policy is Ignore. @throws StatusError */
function orFailurePolicy<T>({ hook: { webhook } }: Invocation, ignored: T, call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error;
    if (webhook.failurePolicy === 'Ignore') return ignored;
    throw callError(webhook, error.message);
  }
}
