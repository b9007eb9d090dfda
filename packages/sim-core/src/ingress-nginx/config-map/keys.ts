import { InvalidValue } from '../annotations/define-annotation.ts';
import { CONTROLLER_KEYS } from './controller-keys.ts';
import { newGlobalDirectives } from './defaults.ts';
import type { ConfigMapKey } from './define-key.ts';
import { finishGlobalAuth, GLOBAL_AUTH_KEYS } from './global-auth.ts';
import { HTTP_KEYS } from './http-keys.ts';
import { LOCATION_KEYS } from './location-keys.ts';
import { LOG_KEYS } from './log-keys.ts';
import type { GlobalDirectives } from './settings.ts';

export type { ConfigMapKey } from './define-key.ts';
export type { ControllerSettings, GlobalDirectives } from './settings.ts';
export { KEYS_WITHOUT_EFFECT } from './without-effect.ts';

/** Keys that act (internal/ingress/controller/config/config.go); those that do not are in without-effect.ts. */
export const CONFIG_MAP_KEYS: readonly ConfigMapKey[] = Object.freeze([
  ...CONTROLLER_KEYS,
  ...GLOBAL_AUTH_KEYS,
  ...HTTP_KEYS,
  ...LOCATION_KEYS,
  ...LOG_KEYS,
]);

/** Reads the ConfigMap's data over the defaults of the release; what cannot be read and what nobody knows is passed over. */
export function readConfigMap(data: Readonly<Record<string, string>>): GlobalDirectives {
  const directives = newGlobalDirectives();
  for (const each of CONFIG_MAP_KEYS) {
    const value = data[each.name];
    if (value === undefined) continue;
    const parsed: unknown = each.parse(value);
    if (!(parsed instanceof InvalidValue)) each.apply(parsed, directives);
  }
  const { location, controller } = directives;
  location.interceptErrors = location.customHttpErrors.length > 0 && !controller.disableInterceptErrors;
  const authRequest = finishGlobalAuth(directives.globalAuth);
  if (authRequest !== undefined) directives.location.authRequest = authRequest;
  return directives;
}
