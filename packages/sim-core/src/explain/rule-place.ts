import type { Source } from '../ingress-nginx/nginx/configuration.ts';
import { DEFAULT_SERVER, type Server } from '../ingress-nginx/nginx/configuration.ts';
import type { ObjectName } from '../wire.ts';
import { ingressName, type Scene } from './scene.ts';

/** The field of an Ingress that brought a part of the configuration about. */
export interface RulePlace {
  readonly object: ObjectName;
  readonly field: string;
}

/** Where the host of a server stands: in the rule of the given location, or of the first Ingress that has the host. */
export function hostPlace(scene: Scene, { hostname, locations }: Server, source?: Source): RulePlace | undefined {
  const of = source ?? locations.find((each) => each.source !== undefined)?.source;
  if (of === undefined || hostname === DEFAULT_SERVER) return undefined;
  const within = /^spec\.rules\[\d+\]/.exec(of.field)?.[0];
  const object = ingressName(of);
  if (within !== undefined) return { object, field: `${within}.host` };
  const index = (scene.ingressOf(of)?.spec.rules ?? []).findIndex(({ host }) => host === hostname);
  return { object, field: index < 0 ? 'spec.rules' : `spec.rules[${index}].host` };
}

/** Where the path of a location stands. */
export function pathPlace(source: Source): RulePlace {
  return {
    object: ingressName(source),
    field: source.field.includes('.paths[') ? `${source.field}.path` : source.field,
  };
}

/** Field of the name of the Service that a rule names. */
export function backendField({ field }: Source): string {
  return field === 'spec.defaultBackend' || field === 'spec'
    ? 'spec.defaultBackend.service.name'
    : `${field}.backend.service.name`;
}
