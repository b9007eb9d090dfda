import { annotationPrefix } from '../../doctor/annotation.ts';
import { nameOf, place, spell } from '../../doctor/finding.ts';
import { tlsDonors } from '../../doctor/tls-donor.ts';
import { ingressName, type Scene } from '../scene.ts';
import { hostSettingOf, serverSettingOf, settingOf } from '../settings.ts';
import type { ReasonWords } from './reason-words.ts';

/** 308: the host has a certificate, and ssl-redirect is on unless it is switched off (lua_ingress.lua). */
export const sslRedirect: ReasonWords = {
  phase: 'ssl',
  brief: 'plain http is sent to https',
  annotations: ['ssl-redirect'],
  setting: (scene) => settingOf(scene, ['ssl-redirect'], 'ssl-redirect'),
  why: (scene) =>
    `the request came over plain http, and ${certificateOf(scene)}; ssl-redirect is on unless it is switched off.`,
  fix: (scene) => toHttps(scene, `${annotationPrefix(scene.world)}ssl-redirect: "false"`),
};

/** 308: certificate or not. */
export const forceSslRedirect: ReasonWords = {
  phase: 'ssl',
  brief: 'plain http is sent to https',
  annotations: ['force-ssl-redirect'],
  setting: (scene) => settingOf(scene, ['force-ssl-redirect'], 'force-ssl-redirect'),
  why: (scene) =>
    `the request came over plain http, and ${forceSslRedirect.setting?.(scene).says} sends such requests to https, certificate or not.`,
  fix: (scene) => toHttps(scene, `"false" for ${forceSslRedirect.setting?.(scene).says}`),
};

function certificateOf(scene: Scene): string {
  const [donor] = tlsDonors(scene.record.host, scene.world);
  if (donor === undefined) return 'its host has a certificate';
  const object = nameOf(donor);
  return `its host has a certificate, by the tls section of ${spell(object)}${place(scene.world, object, 'spec.tls')}`;
}

/** A client that stands behind something that ends TLS comes back for ever. */
function toHttps(scene: Scene, off: string): string {
  const follow = `Follow it: curl -kL, or ask ${scene.record.redirectTo}.`;
  if (scene.header('x-forwarded-proto')?.toLowerCase() === 'https')
    return `The client says X-Forwarded-Proto: https, which is passed over: behind a load balancer that ends TLS this is an endless redirect. Set use-forwarded-headers: "true" in the controller's ConfigMap${configMapOf(scene)}.`;
  return `${follow} To serve plain http as well: ${off}.`;
}

function configMapOf(scene: Scene): string {
  const setting = settingOf(scene, [], 'use-forwarded-headers');
  return setting.at === undefined ? '' : ` (${setting.cites})`;
}

/** 301: a path that lacks only the slash at its end (ngx_http_core_module, auto_redirect). */
export const autoRedirect: ReasonWords = {
  phase: 'location',
  brief: 'only the slash at the end is missing',
  why: ({ record }) =>
    `the path of the rule is ${record.location?.path}, with a slash at its end, so nginx sends ${record.path} there.`,
  fix: (scene) => {
    const { location } = scene.record;
    return `Ask for ${location?.path}, follow it (curl -L), or take the slash off the path of the rule${pathPlace(scene)}.`;
  },
};

function pathPlace({ world, record }: Scene): string {
  const source = record.location?.source;
  return source === undefined ? '' : place(world, ingressName(source), `${source.field}.path`);
}

/** 302: the root of the host is sent elsewhere. */
export const appRoot: ReasonWords = {
  phase: 'server',
  brief: 'app-root sends / elsewhere',
  annotations: ['app-root'],
  setting: (scene) => serverSettingOf(scene, scene.record.server, ['app-root']),
  why: (scene) => `${appRoot.setting?.(scene).says} sends the root of this host there; its query is lost.`,
  fix: () => 'Follow it (curl -L), or ask for the path itself.',
};

/** 308 between `www.` and the name without it. */
export const wwwRedirect: ReasonWords = {
  phase: 'server',
  brief: 'from-to-www-redirect sends this name to the other one',
  annotations: ['from-to-www-redirect'],
  setting: (scene) => hostSettingOf(scene, scene.record.server?.directives.redirectTo ?? '', ['from-to-www-redirect']),
  why: (scene) =>
    `no rule has this name, and ${wwwRedirect.setting?.(scene).says} sends it to ${scene.record.server?.directives.redirectTo}.`,
  fix: ({ record }) => `Follow it (curl -L), or ask http://${record.server?.directives.redirectTo}.`,
};

const RETURNS: readonly string[] = Object.freeze(['temporal-redirect', 'permanent-redirect', 'rewrite-target']);

/** `return` in a location: a redirect of an annotation, or nginx's own /healthz. */
export const fixedReturn: ReasonWords = {
  phase: 'rewrite',
  brief: 'the location answers by itself',
  annotations: ['permanent-redirect', 'temporal-redirect', 'permanent-redirect-code', 'temporal-redirect-code'],
  setting: (scene) => settingOf(scene, RETURNS),
  why: (scene) => {
    const { location, redirectTo } = scene.record;
    if (location === undefined) return 'no location of the host fits, and nginx has no page of its own for it.';
    if (redirectTo === undefined && !isRedirecting(scene)) return `nginx answers ${location.path} by itself.`;
    return `${settingOf(scene, RETURNS).says} sends every request of this path there, before a pod is asked; path and query are not passed on.`;
  },
  fix: (scene) => (isRedirecting(scene) ? 'Follow it (curl -L), or take the annotation away.' : ''),
};

function isRedirecting(scene: Scene): boolean {
  return settingOf(scene, RETURNS).from === 'annotation';
}

/** 302 of auth-signin. */
export const signin: ReasonWords = {
  phase: 'access',
  brief: 'not signed in',
  annotations: ['auth-signin', 'auth-url'],
  setting: (scene) => settingOf(scene, ['auth-signin']),
  why: (scene) =>
    `the client is not signed in (the service of auth-url answered 401), and ${signin.setting?.(scene).says} sends it to where it can.`,
  fix: () => 'Sign in there, and send the cookie or header that you get along.',
};
