import type { MutatingWebhookConfiguration } from '../../../../api/admissionregistration-v1/mutating-webhook-configuration.ts';
import { mutatingWebhookConfigurations } from '../../../../api/admissionregistration-v1/mutating-webhook-configuration.ts';
import { validatingWebhookConfigurations } from '../../../../api/admissionregistration-v1/validating-webhook-configuration.ts';
import { type ConfigMap, configMaps } from '../../../../api/core-v1/config-map.ts';
import { createTestServer } from '../../../test-server.ts';
import type { WebhookPost, WebhookReply } from '../transport.ts';

/** A webhook as a test writes it: what it leaves out is about ConfigMaps. */
export type HookSpec = Partial<NonNullable<MutatingWebhookConfiguration['webhooks']>[number]>;

/** What the world outside answers to a question; undefined: nothing for now. */
export type Answering = (request: Asked, post: WebhookPost) => unknown;

/** What stands in `request` of an AdmissionReview. */
// biome-ignore lint/suspicious/noExplicitAny: tests reach into requests of every shape
export type Asked = any;

const RULES = [{ operations: ['*'], apiGroups: [''], apiVersions: ['v1'], resources: ['configmaps'] }];

/** An API server whose webhooks are answered by the test. */
export function hookedServer(answering: Answering = () => ({ allowed: true })) {
  const posts: WebhookPost[] = [];
  const late: (() => void)[] = [];
  const server = createTestServer({
    webhooks: {
      post: (post, done) => {
        posts.push(post);
        const { request } = JSON.parse(post.body);
        const answer = answering(request, post);
        if (answer === undefined) late.push(() => done(replyTo(post, { allowed: true })));
        else done(replyTo(post, answer));
      },
    },
  });
  const { registry } = server;
  return {
    ...server,
    posts,
    /** The questions, taken apart. */
    asked: (): Asked[] => posts.map(({ body }) => JSON.parse(body).request),
    /** Lets what did not answer at once allow everything. */
    answerLate: () => {
      for (const answer of late.splice(0)) answer();
    },
    validating: (...hooks: HookSpec[]) =>
      registry.create(validatingWebhookConfigurations, configuration('ValidatingWebhookConfiguration', hooks), ADMIN),
    mutating: (...hooks: HookSpec[]) =>
      registry.create(mutatingWebhookConfigurations, configuration('MutatingWebhookConfiguration', hooks), ADMIN),
    create: (data: Record<string, string> = {}, options: { dryRun?: boolean; warn?(text: string): void } = {}) =>
      registry.create(configMaps, configMap(data), { ...ADMIN, ...options }),
  };
}

/** Who writes. */
export const ADMIN = Object.freeze({ user: 'admin', userInfo: { name: 'admin', groups: ['system:masters'] } });

/** A ConfigMap `settings` in the namespace `default`. */
export function configMap(data: Record<string, string> = {}): ConfigMap {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'default' }, data };
}

/** A patch as a webhook answers it. */
export function patching(...operations: readonly unknown[]) {
  return { allowed: true, patchType: 'JSONPatch', patch: btoa(JSON.stringify(operations)) };
}

// biome-ignore lint/suspicious/noExplicitAny: one shape for both kinds
function configuration(kind: string, hooks: readonly HookSpec[]): any {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind,
    metadata: { name: 'hooks' },
    webhooks: hooks.map((hook, index) => ({
      name: `hook-${index}.example.com`,
      clientConfig: { service: { namespace: 'hooks', name: 'hook', path: '/check' } },
      rules: RULES,
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
      ...hook,
    })),
  };
}

/** A response is wrapped into its review; what is none is the reply as it is. */
function replyTo({ body }: WebhookPost, answer: unknown): WebhookReply {
  const reply = answer as { status?: unknown; failure?: string; body?: string };
  if (reply.failure !== undefined || typeof reply.status === 'number') return answer as WebhookReply;
  const { apiVersion, request } = JSON.parse(body);
  const response = { uid: request.uid, ...(answer as object) };
  return { status: 200, body: JSON.stringify({ kind: 'AdmissionReview', apiVersion, response }) };
}
