import { configMaps } from '../api/core-v1/config-map.ts';
import { type Ingress, ingresses } from '../api/networking-v1/ingress.ts';
import { parseKey } from '../apimachinery/object-meta.ts';
import { annotationField, annotationOf } from '../doctor/annotation.ts';
import { replicas } from '../doctor/controllers.ts';
import { nameOf, place, spell } from '../doctor/finding.ts';
import type { World } from '../doctor/world.ts';
import { InvalidValue } from '../ingress-nginx/annotations/define-annotation.ts';
import { annotationNamed } from '../ingress-nginx/annotations/index.ts';
import type { Server } from '../ingress-nginx/nginx/configuration.ts';
import type { ObjectName } from '../wire.ts';
import type { Scene } from './scene.ts';

/** Where something that nginx was told comes from: an annotation, a key of the controller's ConfigMap, or nowhere. */
export interface Setting {
  /** Name of the annotation (without prefix) or of the key. */
  readonly name: string;
  readonly from: 'annotation' | 'ConfigMap' | 'default';
  /** Absent for a default. */
  readonly at?: { readonly object: ObjectName; readonly field: string };
  /** As it is written; '' for a default. */
  readonly value: string;
  /** `proxy-body-size (shop.yaml:12)`, `proxy-body-size of ConfigMap …`, `proxy-body-size (its default)`. */
  readonly says: string;
  /** The same to be put in brackets: `proxy-body-size, shop.yaml:12`. */
  readonly cites: string;
}

/**
 * Where a setting of the request's location comes from.
 * @param names annotations that set it, the most telling first
 * @param key of the ConfigMap that sets the default; '' for none
 */
export function settingOf(scene: Scene, names: readonly string[], key = ''): Setting {
  return fromIngress(scene.ingress, names, scene.world) ?? fromConfigMap(scene.world, key) ?? byDefault(names, key);
}

/** The same of a setting of a whole server: the first Ingress of the host that has the annotation. */
export function serverSettingOf(scene: Scene, server: Server | undefined, names: readonly string[]): Setting {
  const sources = (server?.locations ?? []).flatMap(({ source }) => source ?? []);
  for (const source of sources) {
    const found = fromIngress(scene.ingressOf(source), names, scene.world);
    if (found !== undefined) return found;
  }
  return byDefault(names, '');
}

/** An annotation of any Ingress with a rule for this host. */
export function hostSettingOf({ world }: Scene, host: string, names: readonly string[]): Setting {
  for (const ingress of world.client.list(ingresses)) {
    const isOfHost = (ingress.spec.rules ?? []).some((rule) => rule.host === host);
    const found = isOfHost ? fromIngress(ingress, names, world) : undefined;
    if (found !== undefined) return found;
  }
  return byDefault(names, '');
}

function fromIngress(ingress: Ingress | undefined, names: readonly string[], world: World): Setting | undefined {
  if (ingress === undefined) return undefined;
  for (const name of names.flatMap((each) => [each, ...(annotationNamed(each)?.aliases ?? [])])) {
    const value = annotationOf(ingress, name, world);
    if (value === undefined || annotationNamed(name)?.parse(value) instanceof InvalidValue) continue;
    const at = { object: nameOf(ingress), field: annotationField(name, world) };
    return { name, from: 'annotation', at, value, ...spelt(world, name, at) };
  }
  return undefined;
}

function fromConfigMap(world: World, key: string): Setting | undefined {
  const { namespace, name } = parseKey(replicas(world)[0]?.nginx.flags.configMap ?? '');
  const value = key === '' ? undefined : world.client.get(configMaps, namespace, name)?.data?.[key];
  if (value === undefined) return undefined;
  const at = { object: { kind: 'ConfigMap', namespace, name }, field: `data.${key}` };
  return { name: key, from: 'ConfigMap', at, value, ...spelt(world, `${key} of ${spell(at.object)}`, at) };
}

/** A name with its place. */
export function spelt(world: World, name: string, at: NonNullable<Setting['at']>): Pick<Setting, 'says' | 'cites'> {
  const where = place(world, at.object, at.field);
  return { says: `${name}${where}`, cites: where === '' ? name : `${name}, ${where.slice(2, -1)}` };
}

function byDefault(names: readonly string[], key: string): Setting {
  const name = names[0] ?? key;
  return { name, from: 'default', value: '', says: `${name} (its default)`, cites: `${name} by default` };
}
