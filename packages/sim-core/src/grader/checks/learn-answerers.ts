import { bound } from '../binding/binding.ts';
import { isRole } from '../binding/roles.ts';
import { Answerers } from './answerers.ts';
import type { CheckContext } from './context.ts';

/** What is said where answers do not tell who gave them. */
export const ALIKE =
  'nobody can tell whose pod answered: the answers name no pod, and pods of several Services answer the same';

/** Asks the pods behind every Service of the student and the scenario what they answer. */
export async function learnAnswerers(context: CheckContext, path: string): Promise<Answerers> {
  const services = (await context.objects.all('services')).filter((service) => context.isCandidate(service));
  return Answerers.learn(context.target, context.objects, services, path);
}

/** `namespace/name` of the Service that a check means: the player of a role, or one by its name. */
export function nameOfService(context: CheckContext, service: string): string {
  const player = isRole(service) ? bound(context.bindings[service]) : undefined;
  if (player !== undefined) return `${player.metadata.namespace}/${player.metadata.name}`;
  const named = context.applied.find(({ key }) => key.kind === 'Service' && key.name === service);
  return `${named?.key.namespace ?? 'default'}/${service}`;
}
