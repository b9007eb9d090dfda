import { CONFIG_MAP_KEYS, KEYS_WITHOUT_EFFECT } from '../../ingress-nginx/config-map/keys.ts';
import { CONTROLLER_FLAGS } from '../../ingress-nginx/flags.ts';
import type { Vector } from './vector.ts';

/** How the controller of a vector is started. */
export interface ControllerConfig {
  /** Data of its ConfigMap. */
  readonly configMap: Readonly<Record<string, string>>;
  /** Further arguments of its command line. */
  readonly flags: readonly string[];
}

/** `useForwardedHeaders: true` is the ConfigMap's `use-forwarded-headers: "true"`, `watchNamespace: a` the flag `--watch-namespace=a`. */
export function controllerConfigOf(settings: NonNullable<Vector['controllerConfig']>): ControllerConfig {
  const all = Object.entries(settings).map(([name, value]) => [kebab(name), String(value)] as const);
  return {
    configMap: Object.fromEntries(all.filter(([name]) => isKey(name))),
    flags: all.filter(([name]) => !isKey(name)).map(([name, value]) => `--${name}=${value}`),
  };
}

/** Settings that are neither a key of the ConfigMap nor a flag here. */
export function unknownSettings(settings: NonNullable<Vector['controllerConfig']>): string[] {
  return Object.keys(settings)
    .filter((name) => !isKey(kebab(name)) && !isFlag(kebab(name)))
    .map((name) => `controllerConfig.${name}: neither a ConfigMap key nor a flag that is simulated`);
}

function isKey(name: string): boolean {
  return KEYS_WITHOUT_EFFECT.has(name) || CONFIG_MAP_KEYS.some((key) => key.name === name);
}

function isFlag(name: string): boolean {
  return CONTROLLER_FLAGS.some((flag) => flag === name);
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
