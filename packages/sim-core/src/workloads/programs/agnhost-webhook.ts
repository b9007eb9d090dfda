import { type Answer, json, text } from '../http-answer.ts';
import type { Handler } from '../http-server.ts';
import { delayed, withBody } from '../late-answer.ts';
import type { ContainerContext } from '../program.ts';
import { pathOf } from '../request.ts';

/** An object as far as the webhook looks at it. */
interface Looked {
  readonly metadata?: { readonly name?: string; readonly labels?: Readonly<Record<string, string>> };
  readonly data?: Readonly<Record<string, unknown>>;
  readonly spec?: { readonly containers?: readonly { readonly name?: string }[] };
}

interface Review {
  readonly apiVersion?: string;
  readonly request?: {
    readonly uid?: string;
    readonly operation?: string;
    readonly object?: Looked;
    readonly oldObject?: Looked;
  };
}

/** What an endpoint says of an object: why not, or how it is to be changed. */
interface Verdict {
  readonly refusal?: string;
  readonly patch?: readonly unknown[];
}

const ALLOWED: Verdict = Object.freeze({});
const UNWANTED = Object.freeze({ key: 'webhook-e2e-test', value: 'webhook-disallow' });
const DELAY = 5000;

/** What each path does; what is not here is a 404 (kubernetes test/images/agnhost/webhook). */
const ENDPOINTS: Readonly<Record<string, (object: Looked) => Verdict>> = Object.freeze({
  '/always-allow-delay-5s': () => ALLOWED,
  '/always-deny': () => ({ refusal: 'this webhook denies all requests' }),
  '/add-label': addLabel,
  '/pods': admitPod,
  '/configmaps': ({ data }: Looked) => refuseUnwanted(data, 'the configmap contains unwanted key and value'),
  '/mutating-configmaps': mutateData,
  '/custom-resource': ({ data }: Looked) => refuseUnwanted(data, 'the custom resource contains unwanted data'),
  '/mutating-custom-resource': mutateData,
  '/crd': ({ metadata }: Looked) => refuseUnwanted(metadata?.labels, 'the crd contains unwanted label'),
});

/** `agnhost webhook`: the admission webhook of the end-to-end tests, all of it that needs no connection of its own. */
export function agnhostWebhook({ clock }: ContainerContext): Handler {
  return (request) => {
    const path = pathOf(request.url);
    if (path === '/readyz') return text(200, 'ok');
    const endpoint = Object.hasOwn(ENDPOINTS, path) ? ENDPOINTS[path] : undefined;
    if (endpoint === undefined) return text(404, '404 page not found\n');
    const answer = withBody(request, (body) => review(body, endpoint));
    return delayed(clock, path === '/always-allow-delay-5s' ? DELAY : 0, answer);
  };
}

function review(body: string, endpoint: (object: Looked) => Verdict): Answer {
  const asked = parsed(body);
  if (asked?.request === undefined) return text(400, 'could not decode body\n');
  const { uid, object, oldObject } = asked.request;
  const { refusal, patch } = endpoint(object ?? oldObject ?? {});
  const response = {
    uid,
    allowed: refusal === undefined,
    ...(refusal !== undefined && { status: { message: refusal } }),
    ...(patch !== undefined && { patch: btoa(JSON.stringify(patch)), patchType: 'JSONPatch' }),
  };
  return json(200, { kind: 'AdmissionReview', apiVersion: asked.apiVersion, response });
}

function parsed(body: string): Review | undefined {
  try {
    return JSON.parse(body) as Review;
  } catch {
    return undefined;
  }
}

function addLabel({ metadata }: Looked): Verdict {
  const { labels } = metadata ?? {};
  const path = '/metadata/labels';
  if (labels === undefined) return { patch: [{ op: 'add', path, value: { 'added-label': 'yes' } }] };
  if (labels['added-label'] === 'yes') return ALLOWED;
  const op = labels['added-label'] === undefined ? 'add' : 'replace';
  return { patch: [{ op, path: `${path}/added-label`, value: 'yes' }] };
}

function admitPod({ metadata, spec }: Looked): Verdict {
  const reasons = [
    ...(spec?.containers ?? [])
      .filter(({ name }) => name?.includes(UNWANTED.value))
      .map(() => 'the pod contains unwanted container name; '),
    ...(metadata?.labels?.[UNWANTED.key] === UNWANTED.value ? ['the pod contains unwanted label; '] : []),
  ];
  return reasons.length === 0 ? ALLOWED : { refusal: reasons.join('') };
}

function refuseUnwanted(values: Readonly<Record<string, unknown>> | undefined, refusal: string): Verdict {
  return values?.[UNWANTED.key] === UNWANTED.value ? { refusal } : ALLOWED;
}

/** What was started goes through two stages, each of them one call. */
function mutateData({ data = {} }: Looked): Verdict {
  const patch = [
    ...(data['mutation-start'] === 'yes' ? [{ op: 'add', path: '/data/mutation-stage-1', value: 'yes' }] : []),
    ...(data['mutation-stage-1'] === 'yes' ? [{ op: 'add', path: '/data/mutation-stage-2', value: 'yes' }] : []),
  ];
  return patch.length === 0 ? ALLOWED : { patch };
}
