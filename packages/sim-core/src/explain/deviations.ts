import type { Ingress } from '../api/networking-v1/ingress.ts';
import { annotationNames } from '../doctor/annotation.ts';
import type { World } from '../doctor/world.ts';
import { annotationNamed } from '../ingress-nginx/annotations/index.ts';
import { canaryOf } from './canary-of.ts';
import { reached } from './reasons/index.ts';
import type { Scene } from './scene.ts';

/** One way in which the simulation treats a request otherwise than a real cluster would. */
interface Deviation {
  /** What stands of it in docs/deviations.md: the heading, and the beginning of the line. */
  readonly section: 'Cloud and edge' | 'Nodes and pods' | 'ingress-nginx';
  readonly line: string;
  /** What to say of the request; undefined where it was not touched. */
  says(scene: Scene): string | undefined;
}

/** Bytes of a body from which on it is sent to the pod while it still comes. */
const STREAMED = 16 * 1024 ** 2;

/** Every known deviation that may touch a request. */
export const DEVIATIONS: readonly Deviation[] = Object.freeze([
  {
    section: 'Cloud and edge',
    line: "A load balancer's targets are healthy or not",
    says: ({ record }) =>
      record.via?.loadBalancer === undefined
        ? undefined
        : 'Nodes are healthy or not at the moment of asking; a real load balancer needs three checks, 10 s apart.',
  },
  {
    section: 'Cloud and edge',
    line: 'A redirect to https sent to a client',
    says: ({ record, world }) =>
      record.redirectTo?.startsWith('https:') === true && !world.https.endsWith(':443')
        ? `On the wire the Location names our https port (${world.https}); here it stands as nginx says it.`
        : undefined,
  },
  {
    section: 'Cloud and edge',
    line: 'Answers carry `X-Sandbox-Request`',
    says: ({ wasSent, record }) =>
      wasSent && record.status !== 0
        ? 'The answer carries X-Sandbox-Request (not with --no-trace-header); a real one does not.'
        : undefined,
  },
  {
    section: 'Cloud and edge',
    line: 'HTTP/2 (docs/decisions/0011)',
    says: ({ record }) =>
      record.httpVersion.startsWith('2')
        ? "HTTP/2 is Node's: malformed requests end otherwise than with nginx."
        : undefined,
  },
  {
    section: 'ingress-nginx',
    line: 'Round robin has one position',
    says: (scene) =>
      takesTurns(scene)
        ? 'One position of round robin for the whole proxy; a real one has one for each worker.'
        : undefined,
  },
  {
    section: 'ingress-nginx',
    line: 'Canary draws come from the seed',
    says: ({ record }) =>
      record.canary === 'weight' && record.draw > 0
        ? 'The draw comes from the seed, so that a run can be repeated; a real one from the system.'
        : undefined,
  },
  {
    section: 'ingress-nginx',
    line: 'Regexes run in time that grows with the text only',
    says: (scene) =>
      hasRegex(scene) ? 'Regular expressions run on a linear engine: no looking around, no backreferences.' : undefined,
  },
  {
    section: 'ingress-nginx',
    line: 'There are no temporary files.',
    says: (scene) =>
      Number(scene.header('content-length') ?? 0) > STREAMED && reached(scene, 'proxy')
        ? 'A body of more than 16 MiB goes to the pod while it still comes; nginx reads it first.'
        : undefined,
  },
  {
    section: 'Nodes and pods',
    line: 'Programs stand for images.',
    says: ({ record }) =>
      record.upstreamStatus > 0 && record.pod !== undefined
        ? 'The image does not run: a simulated program answered in its place.'
        : undefined,
  },
]);

/** Where the simulation touched a request in another way than the real thing would, each with where it is written down. */
export function deviationsOf(scene: Scene): string[] {
  const general = DEVIATIONS.flatMap(({ section, says }) => {
    const text = says(scene);
    return text === undefined ? [] : [`${text} (${linkTo(section)})`];
  });
  return [...general, ...annotationDeviations(scene)];
}

/** The heading in docs/deviations.md. */
function linkTo(section: Deviation['section']): string {
  return `docs/deviations.md#${section.toLowerCase().replaceAll(' ', '-')}`;
}

/** Annotations of the location's Ingress, and of the canary's, that act only in part or not at all. */
function annotationDeviations(scene: Scene): string[] {
  const canary = scene.ingressOf(canaryOf(scene)?.canary);
  const all = [scene.ingress, canary].flatMap((ingress) =>
    ingress === undefined ? [] : infidelities(ingress, scene.world),
  );
  return [...new Set(all)].map((text) => `${text} (${linkTo('ingress-nginx')})`);
}

function infidelities(ingress: Ingress, world: World): string[] {
  return annotationNames(ingress, world).flatMap((name) => {
    const fidelity = annotationNamed(name)?.fidelity ?? 'full';
    if (fidelity === 'full') return [];
    return 'partial' in fidelity
      ? [`${name}: ${fidelity.partial}`]
      : [`${name} has no effect here: ${fidelity.accepted}`];
  });
}

function takesTurns(scene: Scene): boolean {
  const { upstream } = scene.record;
  if (upstream === undefined || upstream.endpoints.length < 2 || !reached(scene, 'proxy')) return false;
  const { directives, sessionAffinity } = upstream;
  return sessionAffinity === undefined && directives.hashBy === '' && directives.loadBalance === 'round_robin';
}

function hasRegex(scene: Scene): boolean {
  const { locationMatch, location } = scene.record;
  const pattern = canaryOf(scene)?.trafficShaping?.headerPattern ?? '';
  return (location !== undefined && locationMatch === 'regex') || pattern !== '';
}
