import type { Ingress } from '../../api/networking-v1/ingress.ts';
import { annotationNamed } from '../../ingress-nginx/annotations/index.ts';
import { annotationField, annotationNames } from '../annotation.ts';
import { isCanary } from '../canary.ts';
import { servedIngresses } from '../controllers.ts';
import { type Check, type Diagnosis, findingOf, line, listing, nameOf, spell } from '../finding.ts';
import type { World } from '../world.ts';

/** What counts on a canary: its policy, and what belongs to the upstream rather than to the path. */
const COUNTS: ReadonlySet<string> = new Set(['load-balance', 'service-upstream', 'affinity-canary-behavior']);

/** Annotations and TLS of a canary that nobody reads: those of the main Ingress hold for canary requests too. */
export const canaryIgnored: Check = {
  name: 'IgnoredOnCanary',
  check: (world) =>
    servedIngresses(world)
      .filter((each) => isCanary(each, world))
      .flatMap((ingress) =>
        [...annotations(ingress, world), ...tls(ingress, world)].map((each) => findingOf(each, world)),
      ),
};

function annotations(ingress: Ingress, world: World): Diagnosis[] {
  const ignored = annotationNames(ingress, world).filter(isIgnored);
  const [first] = ignored;
  if (first === undefined) return [];
  const object = nameOf(ingress);
  const field = annotationField(first, world);
  const message = `${spell(object)} is a canary, so its ${listing(ignored)} ${ignored.length === 1 ? 'has' : 'have'} no effect: what the main Ingress says holds for canary requests too`;
  return [
    {
      severity: 'warning',
      reason: 'AnnotationIgnoredOnCanary',
      object,
      field,
      message,
      fix: `Move ${line(world, object, field)} to the main Ingress.`,
    },
  ];
}

function tls(ingress: Ingress, world: World): Diagnosis[] {
  if ((ingress.spec.tls ?? []).length === 0) return [];
  const object = nameOf(ingress);
  const message = `${spell(object)} is a canary, so its tls section has no effect: the certificate comes from the main Ingress`;
  return [
    {
      severity: 'info',
      reason: 'TlsIgnoredOnCanary',
      object,
      field: 'spec.tls',
      message,
      fix: `Take ${line(world, object, 'spec.tls')} away, or move it to the main Ingress.`,
    },
  ];
}

function isIgnored(name: string): boolean {
  const isKnown = annotationNamed(name) !== undefined;
  return (
    isKnown &&
    !COUNTS.has(name) &&
    !name.startsWith('upstream-hash-by') &&
    name !== 'canary' &&
    !name.startsWith('canary-')
  );
}
