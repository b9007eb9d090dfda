import type { Ingress } from '../../api/networking-v1/ingress.ts';
import { ANNOTATIONS, annotationNamed } from '../../ingress-nginx/annotations/index.ts';
import { nearest } from '../../manifest/nearest.ts';
import { annotationPrefix } from '../annotation.ts';
import { servedIngresses } from '../controllers.ts';
import { type Check, type Diagnosis, findingOf, line, nameOf, spell } from '../finding.ts';
import type { World } from '../world.ts';

/** Annotations that name nothing: the controller passes them over without a word. */
export const annotationNameCheck: Check = {
  name: 'AnnotationName',
  check: (world) =>
    servedIngresses(world).flatMap((ingress) =>
      Object.keys(ingress.metadata.annotations ?? {}).flatMap((key) => {
        const found = key.startsWith(annotationPrefix(world))
          ? unknown(ingress, key, world)
          : otherPrefix(ingress, key, world);
        return found === undefined ? [] : [findingOf(found, world)];
      }),
    ),
};

function isKnown(name: string): boolean {
  return annotationNamed(name) !== undefined;
}

function unknown(ingress: Ingress, key: string, world: World): Diagnosis | undefined {
  const name = key.slice(annotationPrefix(world).length);
  const why = whyWithoutEffect(name);
  if (why === undefined && annotationNamed(name) !== undefined) return undefined;
  const object = nameOf(ingress);
  const field = `metadata.annotations[${key}]`;
  if (why !== undefined)
    return {
      severity: 'warning',
      object,
      field,
      ...notSimulated(name, why, spell(object), line(world, object, field)),
    };
  const meant = nearest(
    name,
    ANNOTATIONS.map((each) => each.name),
  );
  const message = `${spell(object)}: ingress-nginx knows no annotation ${key}, so it has no effect`;
  const fix =
    meant === undefined
      ? `Take ${line(world, object, field)} away, or look its name up in ingress-nginx's list of annotations.`
      : `Did you mean ${annotationPrefix(world)}${meant}? Change ${line(world, object, field)}.`;
  return { severity: 'warning', reason: 'UnknownAnnotation', object, field, message, fix };
}

/** Why an annotation that ingress-nginx knows does nothing here; a snippet is refused for its risk before. */
function whyWithoutEffect(name: string): string | undefined {
  const annotation = annotationNamed(name);
  if (annotation === undefined || annotation.risk === 'Critical') return undefined;
  const { fidelity } = annotation;
  return typeof fidelity === 'object' && 'accepted' in fidelity ? fidelity.accepted : undefined;
}

function notSimulated(
  name: string,
  why: string,
  object: string,
  where: string,
): Pick<Diagnosis, 'reason' | 'message' | 'fix'> {
  const message = `${object}: ingress-nginx knows ${name}, but here requests go as if it were not there. ${why}`;
  return {
    reason: 'AnnotationNotSimulated',
    message,
    fix: `Nothing is wrong with ${where}; only do not expect its effect here.`,
  };
}

/** `ingress.kubernetes.io/canary`, `nginx.ingress.kubernetes/canary`, a bare `canary-weight`. */
function otherPrefix(ingress: Ingress, key: string, world: World): Diagnosis | undefined {
  const slash = key.lastIndexOf('/');
  const prefix = key.slice(0, slash + 1);
  const ours = annotationPrefix(world);
  const name = key.slice(slash + 1);
  const resembles = prefix === '' || /ingress/.test(prefix) || nearest(prefix, [ours]) !== undefined;
  if (!resembles || !isKnown(name) || OTHERS.some((each) => prefix === each)) return undefined;
  const object = nameOf(ingress);
  const field = `metadata.annotations[${key}]`;
  const message = `${spell(object)}: ${key} has no effect, because annotations of ingress-nginx begin with ${ours}`;
  return {
    severity: 'warning',
    reason: 'UnknownAnnotation',
    object,
    field,
    message,
    fix: `Write ${ours}${name} at ${line(world, object, field)}.`,
  };
}

/** Prefixes of other controllers, which mean what they say there. */
const OTHERS: readonly string[] = Object.freeze([
  'alb.ingress.kubernetes.io/',
  'traefik.ingress.kubernetes.io/',
  'haproxy-ingress.github.io/',
  'appgw.ingress.kubernetes.io/',
  'ingress.cilium.io/',
  'ingress.gcp.kubernetes.io/',
]);
