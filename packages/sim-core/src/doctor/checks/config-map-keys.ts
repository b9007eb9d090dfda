import { type ConfigMap, configMaps } from '../../api/core-v1/config-map.ts';
import { parseKey } from '../../apimachinery/object-meta.ts';
import { CONFIG_MAP_KEYS, KEYS_WITHOUT_EFFECT } from '../../ingress-nginx/config-map/keys.ts';
import { nearest } from '../../manifest/nearest.ts';
import { replicas } from '../controllers.ts';
import { type Check, type Diagnosis, findingOf, line, nameOf, spell } from '../finding.ts';
import type { World } from '../world.ts';

/** Keys of the controllers' ConfigMaps that do nothing: misspelt ones, which the controller passes over, and those without effect here. */
export const configMapKeys: Check = {
  name: 'ConfigMapKeys',
  check: (world) =>
    configMapsOf(world).flatMap((configMap) =>
      Object.keys(configMap.data ?? {}).flatMap((key) => {
        const found = withoutEffect(configMap, key, world) ?? misspelt(configMap, key, world);
        return found === undefined ? [] : [findingOf(found, world)];
      }),
    ),
};

function configMapsOf(world: World): ConfigMap[] {
  const names = new Set(replicas(world).map(({ nginx }) => nginx.flags.configMap));
  return [...names].flatMap((key) => {
    const { namespace, name } = parseKey(key);
    return world.client.get(configMaps, namespace, name) ?? [];
  });
}

function withoutEffect(configMap: ConfigMap, key: string, world: World): Diagnosis | undefined {
  const why = KEYS_WITHOUT_EFFECT.get(key);
  const { object, field } = place(configMap, key);
  if (why?.missed !== true) return undefined;
  const fix = `Nothing is wrong with ${line(world, object, field)}; only do not expect its effect here.`;
  const message = `${spell(object)}: ingress-nginx knows ${key}, but here it has no effect: ${why.reason}`;
  return { severity: 'info', reason: 'ConfigMapKeyNotSimulated', object, field, message, fix };
}

function misspelt(configMap: ConfigMap, key: string, world: World): Diagnosis | undefined {
  const names = [...CONFIG_MAP_KEYS.map(({ name }) => name), ...KEYS_WITHOUT_EFFECT.keys()];
  const meant = names.includes(key) ? undefined : nearest(key, names);
  if (meant === undefined) return undefined;
  const { object, field } = place(configMap, key);
  const message = `${spell(object)}: ingress-nginx knows no key ${key}, so it has no effect`;
  const fix = `Did you mean ${meant}? Change ${line(world, object, field)}.`;
  return { severity: 'warning', reason: 'UnknownConfigMapKey', object, field, message, fix };
}

function place(configMap: ConfigMap, key: string) {
  return { object: nameOf(configMap), field: `data[${key}]` };
}
