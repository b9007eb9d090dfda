import { AddressList } from '../../ingress-nginx/nginx/cidr.ts';
import type { LocationDirectives } from '../../ingress-nginx/nginx/directives.ts';
import { reached, reasonOf } from '../reasons/index.ts';
import { decidedBy, type Hop, type Scene, sentence } from '../scene.ts';
import { type Setting, settingOf } from '../settings.ts';

/** Who may come in: by address, by password, by what another service says (ngx_http_access_module and its kin). */
export const accessHop: Hop = {
  tells: [
    'allowlist-source-range',
    'denylist-source-range',
    'satisfy',
    'auth-type',
    'auth-secret',
    'auth-secret-type',
    'auth-realm',
    'auth-url',
    'auth-method',
    'auth-signin',
    'auth-signin-redirect-param',
    'auth-response-headers',
  ],
  of: (scene) => {
    const directives = scene.record.location?.directives;
    if (directives === undefined || !isGuarded(directives) || !reached(scene, 'access')) return undefined;
    const words = reasonOf(scene);
    const isRefused = words?.phase === 'access';
    const guards = GUARDS.flatMap((guard) => guard(scene, directives) ?? []);
    const at = (isRefused ? words.setting?.(scene) : undefined)?.at ?? guards[0]?.setting.at;
    const any = directives.satisfy === 'any' && guards.length > 1 ? ' One of them is enough (satisfy: any).' : '';
    return {
      step: 'access',
      title: isRefused ? `${scene.record.status}: not let in` : title(scene, directives),
      why: isRefused ? sentence(words.why(scene)) : `${guards.map(({ says }) => sentence(says)).join(' ')}${any}`,
      beat: [],
      nodes: [],
      ...(at === undefined ? {} : decidedBy(scene, at.object, at.field)),
    };
  },
};

function isGuarded({ allow, deny, authBasic, authRequest }: LocationDirectives): boolean {
  return allow.length > 0 || deny.length > 0 || authBasic !== undefined || authRequest !== undefined;
}

function title({ wasSent }: Scene, { authRequest }: LocationDirectives): string {
  return authRequest === undefined || wasSent ? 'let in' : 'let in, if the service of auth-url says so';
}

/** One of the guards, and what it said. */
interface Said {
  readonly says: string;
  readonly setting: Setting;
}

type Guard = (scene: Scene, directives: LocationDirectives) => Said | undefined;

const GUARDS: readonly Guard[] = Object.freeze([byAddress, byPassword, byService]);

function byAddress(scene: Scene, { allow, deny }: LocationDirectives): Said | undefined {
  const { clientAddress } = scene.record;
  if (allow.length === 0 && deny.length === 0) return undefined;
  const setting =
    allow.length > 0
      ? settingOf(scene, ['allowlist-source-range'], 'whitelist-source-range')
      : settingOf(scene, ['denylist-source-range'], 'denylist-source-range');
  if (allow.length === 0) return { says: `${clientAddress} is not on the list of ${setting.says}`, setting };
  const not = new AddressList(allow).has(clientAddress) ? '' : 'not ';
  return { says: `${clientAddress} is ${not}on the list of ${setting.says}`, setting };
}

function byPassword(scene: Scene, { authBasic }: LocationDirectives): Said | undefined {
  if (authBasic === undefined) return undefined;
  const setting = settingOf(scene, ['auth-secret']);
  const has = scene.header('authorization') !== undefined;
  return {
    says: `name and password ${has ? 'fit' : 'are asked for by'} Secret ${setting.value} (${setting.cites})`,
    setting,
  };
}

function byService(scene: Scene, { authRequest }: LocationDirectives): Said | undefined {
  if (authRequest === undefined) return undefined;
  const setting = settingOf(scene, ['auth-url'], 'global-auth-url');
  const { url, responseHeaders } = authRequest;
  const headers = responseHeaders.length === 0 ? '' : `, and the pod gets its ${responseHeaders.join(', ')}`;
  const says = scene.wasSent
    ? `${url} said yes (${setting.cites})${headers}`
    : `${url} is asked first (${setting.cites}): 2xx lets the request in${headers}, 401 and 403 are passed on, anything else is 500`;
  return { says, setting };
}
