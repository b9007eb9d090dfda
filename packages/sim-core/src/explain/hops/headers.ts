import { cookieVariable } from '../../ingress-nginx/nginx/variables.ts';
import { reached } from '../reasons/index.ts';
import type { Hop, Scene } from '../scene.ts';

/** What nginx adds to the request for the pod and to the answer for the client, and what it drops. */
export const headersHop: Hop = {
  tells: ['upstream-vhost', 'connection-proxy-header', 'custom-headers', 'auth-response-headers'],
  of: (scene) => {
    if (!reached(scene, 'proxy') || scene.record.upstream?.service === '') return answersOnly(scene);
    const { added, dropped } = forPod(scene);
    const back = forClient(scene);
    return {
      step: 'headers',
      title: `${added.length} for the pod, ${back.length} for the client`,
      why: '',
      beat: dropped.map((name) => `${name}: ${whyDropped(name)}`),
      details: [`to the pod: ${added.join(', ')}`, ...back.map((header) => `to the client: ${header}`)],
      nodes: [],
    };
  },
};

/** nginx answered by itself: only the answer has headers. */
function answersOnly(scene: Scene): ReturnType<Hop['of']> {
  const back = forClient(scene);
  if (back.length === 0) return undefined;
  return {
    step: 'headers',
    title: `${back.length} for the client`,
    why: '',
    beat: [],
    details: back.map((header) => `to the client: ${header}`),
    nodes: [],
  };
}

function pairs(flat: readonly string[]): [name: string, value: string][] {
  return flat.flatMap((name, i): [string, string][] => (i % 2 === 0 ? [[name, flat[i + 1] ?? '']] : []));
}

/** Headers that the pod gets and the client did not send so; those of the client that are left out. */
function forPod({ record, walked }: Scene): { added: string[]; dropped: string[] } {
  const sent = pairs(record.headers);
  const given = pairs(walked?.requestHeaders() ?? []);
  const added = given
    .filter(
      ([name, value]) => !sent.some(([other, was]) => other.toLowerCase() === name.toLowerCase() && was === value),
    )
    .map(([name, value]) => (name === 'Host' || name === 'Connection' ? `${name}: ${value}` : name));
  const kept = new Set(given.map(([name]) => name.toLowerCase()));
  const dropped = sent
    .map(([name]) => name)
    .filter((name) => !kept.has(name.toLowerCase()) && !HOP_BY_HOP.has(name.toLowerCase()));
  const always = record.location === undefined || !generatesId(record.configuration) ? [] : ['X-Request-ID'];
  return { added: [...new Set([...added, ...always])], dropped: [...new Set(dropped)] };
}

/** A request that is only walked has no id yet. */
function generatesId(configuration: Scene['record']['configuration']): boolean {
  return configuration?.http.generateRequestId === true;
}

/** Headers of a connection, which end with it. */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
]);

function whyDropped(name: string): string {
  if (name.includes('_')) return 'dropped: nginx takes no header with an underscore (underscores_in_headers is off)';
  return name.toLowerCase() === 'authorization' ? 'kept from the pod: the password is for nginx' : 'not passed on';
}

function shortened(value: string): string {
  return value.length > 60 ? `${value.slice(0, 59)}…` : value;
}

function forClient(scene: Scene): string[] {
  const { record, walked, wasSent } = scene;
  const added = pairs(walked?.responseHeaders() ?? []).map(([name, value]) => `${name}: ${shortened(value)}`);
  if (record.setCookie !== undefined) return [...added, `Set-Cookie: ${record.setCookie}`];
  if (!reached(scene, 'proxy')) return added;
  const session = record.upstream?.sessionAffinity?.cookie.name;
  const isNew = session !== undefined && cookieVariable(record.headers, session.toLowerCase()) === undefined;
  return !wasSent && isNew ? [...added, `Set-Cookie: ${session}=… (session affinity)`] : added;
}
