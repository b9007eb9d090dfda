import { annotationField, annotationOf } from '../../doctor/annotation.ts';
import { withoutPrefix } from '../../ingress-nginx/annotations/define-annotation.ts';
import { annotationNamed } from '../../ingress-nginx/annotations/index.ts';
import { DEFAULT_SERVER } from '../../ingress-nginx/nginx/configuration.ts';
import { fixNotFound } from '../fix-not-found.ts';
import { ingressName, type Scene } from '../scene.ts';
import { type Setting, settingOf, spelt } from '../settings.ts';
import type { ReasonWords } from './reason-words.ts';

/** 404 of the controller's default backend. */
export const defaultBackend: ReasonWords = {
  phase: 'proxy',
  brief: 'no rule fits',
  why: ({ record }) => {
    const { server, host, path } = record;
    if (server === undefined || record.serverMatch === 'default')
      return host === DEFAULT_SERVER
        ? 'the request names no host, and no rule is without one.'
        : `no Ingress rule has the host ${host}.`;
    return `${server.hostname} has rules, but none of them fits the path ${path}.`;
  },
  fix: fixNotFound,
};

/** 503: an annotation that could not be honoured closes the location (controller.go, locationApplyAnnotations). */
export const denied: ReasonWords = {
  phase: 'rewrite',
  brief: 'the location is denied',
  setting: deniedBy,
  why: (scene) => `nginx denies this path as a whole: ${deniedBy(scene).says} ${problemOf(scene)}.`,
  fix: (scene) => {
    const { name, says, value } = deniedBy(scene);
    const object = MISSING.exec(problemOf(scene))?.[1];
    if (object !== undefined) return `Apply ${object}, or name another at ${says}.`;
    const example = annotationNamed(name)?.example ?? '';
    const like = example === '' ? '' : ` It looks like ${example.startsWith('"') ? example : `"${example}"`}.`;
    return `Mend or take away ${says}${value === '' ? '' : `, which says "${value}"`}.${like}`;
  },
};

/** `nginx.ingress.kubernetes.io/auth-secret: secret default/x not found` */
function deniedBy(scene: Scene): Setting {
  const text = scene.record.location?.directives.denied ?? '';
  const name = withoutPrefix(text.split(':')[0] ?? '');
  return writtenAt(scene, name) ?? settingOf(scene, [name]);
}

/** A value that cannot be honoured is no setting, but it stands somewhere. */
function writtenAt(scene: Scene, name: string): Setting | undefined {
  const { source } = scene.record.location ?? {};
  const value = scene.ingress && annotationOf(scene.ingress, name, scene.world);
  if (source === undefined || value === undefined) return undefined;
  const at = { object: ingressName(source), field: annotationField(name, scene.world) };
  return { name, from: 'annotation', at, value, ...spelt(scene.world, name, at) };
}

/** An object that an annotation names and that is not there (internal/ingress/annotations/auth/main.go). */
const MISSING = /reading (secret \S+): no object/;

function problemOf({ record }: Scene): string {
  const text = record.location?.directives.denied ?? '';
  const problem = text.slice(text.indexOf(': ') + 2);
  return `cannot be honoured (${problem})`;
}

/** 204: nginx answers the preflight of CORS by itself. */
export const corsPreflight: ReasonWords = {
  phase: 'rewrite',
  brief: 'nginx answers the preflight of CORS',
  annotations: ['enable-cors'],
  setting: (scene) => settingOf(scene, ['enable-cors']),
  why: (scene) =>
    `${corsPreflight.setting?.(scene).says} lets nginx answer OPTIONS by itself, whether there are pods or not; none was asked.`,
  fix: () => '',
};

/** 500: a phase of the proxy failed. */
export const internalError: ReasonWords = {
  phase: 'access',
  brief: 'a phase of nginx fails',
  annotations: ['auth-url'],
  setting: (scene) => settingOf(scene, isRewrite(scene) ? ['rewrite-target'] : ['auth-url'], 'global-auth-url'),
  why: (scene) => {
    const says = internalError.setting?.(scene).says;
    if (isRewrite(scene)) return `${says} makes an empty path of ${scene.record.path}.`;
    const url = scene.record.location?.directives.authRequest?.url;
    if (url === undefined) return 'a phase of the proxy failed: that is an error of ours.';
    return `the service that ${says} names (${url}) gave no answer, or another than 2xx, 401 and 403.`;
  },
  fix: (scene) => {
    const says = internalError.setting?.(scene).says;
    if (isRewrite(scene)) return `Write a target that begins with / at ${says}.`;
    if (scene.record.location?.directives.authRequest === undefined) return 'Please report it.';
    return `Look whether that service has ready pods, and whether host, port and path of ${says} are its own.`;
  },
};

/** The rewrite fails whoever asks; the auth service may have failed once. */
function isRewrite({ walked }: Scene): boolean {
  return walked?.answer?.reason === 'internal-error';
}
