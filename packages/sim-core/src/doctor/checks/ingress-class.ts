import { type Ingress, ingresses } from '../../api/networking-v1/ingress.ts';
import { ingressClasses } from '../../api/networking-v1/ingress-class.ts';
import { CLASS_ANNOTATION } from '../../ingress-nginx/ingress-class.ts';
import { nearest } from '../../manifest/nearest.ts';
import { controllerClass, notServed } from '../controllers.ts';
import { type Check, type Diagnosis, findingOf, line, listing, nameOf, spell } from '../finding.ts';
import type { World } from '../world.ts';

/** Ingresses that the running controller passes over (internal/ingress/controller/store/store.go, GetIngressClass). */
export const ingressClass: Check = {
  name: 'IngressNotServed',
  check: (world) =>
    world.client.list(ingresses).flatMap((ingress) => {
      const reason = notServed(ingress, world);
      return reason === undefined ? [] : [findingOf(diagnose(ingress, reason, world), world)];
    }),
};

function diagnose(ingress: Ingress, reason: string, world: World): Diagnosis {
  const object = nameOf(ingress);
  const { ingressClassName } = ingress.spec;
  const base = { severity: 'error' as const, reason: 'IngressNotServed', object };
  const says = `${spell(object)} is not served, so its rules route nothing: ${reason}`;
  if (ingressClassName !== undefined) return { ...base, ...named(ingressClassName, says, object, world) };
  const annotation = `metadata.annotations[${CLASS_ANNOTATION}]`;
  const ours = classOfOurs(world);
  if (ingress.metadata.annotations?.[CLASS_ANNOTATION] !== undefined) {
    return {
      ...base,
      field: annotation,
      message: says,
      fix: `Take the old annotation away (${line(world, object, annotation)}) and write "ingressClassName: ${ours}" under spec.`,
    };
  }
  const none = ` No IngressClass is marked as the default one either`;
  return {
    ...base,
    field: 'spec',
    message: `${says}.${none}`,
    fix: `Write "ingressClassName: ${ours}" under spec (${line(world, object, 'spec')}).`,
  };
}

function named(
  name: string,
  says: string,
  object: Diagnosis['object'],
  world: World,
): Pick<Diagnosis, 'field' | 'message' | 'fix'> & { severity?: 'warning' } {
  const field = 'spec.ingressClassName';
  const known = world.client.list(ingressClasses).map(({ metadata }) => metadata.name);
  if (known.includes(name)) {
    const fix = `That controller is not simulated here: only ingress-nginx is. Write "ingressClassName: ${classOfOurs(world)}" at ${line(world, object, field)} to try the rules with it.`;
    return { severity: 'warning', field, message: says, fix };
  }
  const meant = nearest(name, known) ?? classOfOurs(world);
  return {
    field,
    message: `${says}; there is ${listing(known) || 'no IngressClass at all'}`,
    fix: `Write "ingressClassName: ${meant}" at ${line(world, object, field)}.`,
  };
}

/** An IngressClass of the running controller. */
function classOfOurs(world: World): string {
  const ours = world.client.list(ingressClasses).find(({ spec }) => spec?.controller === controllerClass(world));
  return ours?.metadata.name ?? 'nginx';
}
