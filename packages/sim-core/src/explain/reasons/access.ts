import { services } from '../../api/core-v1/service.ts';
import { parseKey } from '../../apimachinery/object-meta.ts';
import { listing } from '../../doctor/finding.ts';
import { AddressList } from '../../ingress-nginx/nginx/cidr.ts';
import { compileMap } from '../../ingress-nginx/nginx/map.ts';
import type { Scene } from '../scene.ts';
import { type Setting, settingOf } from '../settings.ts';
import type { ReasonWords } from './reason-words.ts';

const ALLOW: readonly string[] = Object.freeze(['allowlist-source-range']);
const DENY: readonly string[] = Object.freeze(['denylist-source-range']);

/** 403: the lists of addresses (ngx_http_access_module). */
export const accessDenied: ReasonWords = {
  phase: 'access',
  brief: 'the address is not let in',
  annotations: [...ALLOW, ...DENY],
  setting: listThatRefused,
  why: (scene) => {
    const { clientAddress } = scene.record;
    const { says } = listThatRefused(scene);
    return isDenied(scene)
      ? `${clientAddress} is on the list of ${says}.`
      : `${clientAddress} is not on the list of ${says}.`;
  },
  fix: (scene) => {
    const { clientAddress } = scene.record;
    const { says } = listThatRefused(scene);
    const node = seesNode(scene)
      ? ' The address is that of a node: with externalTrafficPolicy Local the controller sees the client itself.'
      : '';
    return `${isDenied(scene) ? `Take ${clientAddress} off` : `Put ${clientAddress}/32 on`} the list of ${says}.${node}`;
  },
};

function isDenied(scene: Scene): boolean {
  const { location, clientAddress } = scene.record;
  return isBlocked(scene) || new AddressList(location?.directives.deny ?? []).has(clientAddress);
}

/** By the list for locations that have none. */
function isBlocked({ record }: Scene): boolean {
  const { deny = [], allow = [] } = record.location?.directives ?? {};
  if (deny.length > 0 || allow.length > 0) return false;
  return new AddressList(record.configuration?.http.blockCidrs ?? []).has(record.clientAddress);
}

function listThatRefused(scene: Scene): Setting {
  if (isBlocked(scene)) return settingOf(scene, [], 'block-cidrs');
  return isDenied(scene)
    ? settingOf(scene, DENY, 'denylist-source-range')
    : settingOf(scene, ALLOW, 'whitelist-source-range');
}

/** 403 before any location: a browser or a referer that the whole proxy keeps out (nginx.tmpl, $block_ua, $block_ref). */
export const blocked: ReasonWords = {
  phase: 'server',
  brief: 'the controller keeps such clients out',
  setting: (scene) => settingOf(scene, [], blockingKey(scene)),
  why: (scene) => {
    const header = blockingKey(scene) === 'block-referers' ? 'referer' : 'user-agent';
    return `its header ${header} is ${scene.header(header) ?? 'missing'}, and ${blocked.setting?.(scene).says} keeps that out.`;
  },
  fix: (scene) => `Take it off ${blocked.setting?.(scene).says}, or send another header.`,
};

/** The key of the ConfigMap whose list has the request's header. */
function blockingKey(scene: Scene): string {
  const agents = compileMap(scene.record.configuration?.http.blockUserAgents ?? []);
  return agents?.(scene.header('user-agent') ?? '') === true ? 'block-user-agents' : 'block-referers';
}

/** Whether the controller sees the node instead of the client. */
function seesNode({ world, record }: Scene): boolean {
  const { namespace, name } = parseKey(record.via?.loadBalancer ?? '');
  return world.client.get(services, namespace, name)?.spec.externalTrafficPolicy === 'Cluster';
}

/** 401 of basic authentication (ngx_http_auth_basic_module). */
export const unauthorized: ReasonWords = {
  phase: 'access',
  brief: 'a name and a password are asked for',
  annotations: ['auth-secret', 'auth-type'],
  setting: (scene) => settingOf(scene, ['auth-secret', 'auth-type']),
  why: (scene) => {
    const secret = unauthorized.setting?.(scene);
    const asked = `the path asks for a name and a password of Secret ${secret?.value} (${secret?.cites})`;
    return `${asked}, and ${scene.header('authorization') === undefined ? 'the request carries none' : 'those of the request do not fit'}.`;
  },
  fix: (scene) => {
    const { type, users: lines = [] } = scene.record.location?.directives.authBasic ?? {};
    const users = lines.map((line) => line.split(':')[0] ?? '');
    return `Send them: curl ${type === 'digest' ? '--digest ' : ''}-u NAME:PASSWORD. The Secret knows ${listing(users.filter((name) => name !== '')) || 'nobody'}.`;
  },
};

/** 401 or 403 of the service that auth-url asks (ngx_http_auth_request_module). */
export const authRequest: ReasonWords = {
  phase: 'access',
  brief: 'the service of auth-url says no',
  annotations: ['auth-url'],
  setting: (scene) => settingOf(scene, ['auth-url'], 'global-auth-url'),
  why: (scene) =>
    `the service that ${authRequest.setting?.(scene).says} names was asked first, and answered ${scene.record.status}: ${scene.record.location?.directives.authRequest?.url}.`,
  fix: () => 'Send the header or cookie that this service asks for; its own logs tell what it missed (kubectl logs).',
};
