import { annotationPrefix } from '../../doctor/annotation.ts';
import { spell } from '../../doctor/finding.ts';
import { ingressName, type Scene } from '../scene.ts';
import { type Setting, settingOf } from '../settings.ts';
import type { ReasonWords } from './reason-words.ts';

/** 413: the body is larger than client_max_body_size. */
export const bodyTooLarge: ReasonWords = {
  phase: 'location',
  brief: 'the body is too large',
  annotations: ['proxy-body-size'],
  setting: (scene) => settingOf(scene, ['proxy-body-size'], 'proxy-body-size'),
  why: (scene) => {
    const length = scene.header('content-length');
    const body = length === undefined ? 'the body' : `the body of ${length} bytes`;
    return `${body} is larger than the ${spellSize(bodySize(scene))} that ${bodyTooLarge.setting?.(scene).says} allows.`;
  },
  fix: (scene) => raise(scene, 'proxy-body-size', `"${enough(scene)}"`),
};

function bodySize({ record }: Scene): number {
  return record.location?.directives.clientMaxBodySize ?? 0;
}

function spellSize(bytes: number): string {
  return bytes % 1024 ** 2 === 0 ? `${bytes / 1024 ** 2} MiB (${bytes} bytes)` : `${bytes} bytes`;
}

/** Megabytes that hold the body, and some more. */
function enough(scene: Scene): string {
  const length = Number(scene.header('content-length') ?? 0);
  return `${Math.max(10, Math.ceil(length / 1024 ** 2))}m`;
}

/** 408: the client's body stops. */
export const requestTimeout: ReasonWords = {
  phase: 'body',
  brief: 'the body does not come',
  setting: (scene) => settingOf(scene, [], 'client-body-timeout'),
  why: (scene) =>
    `the client sent nothing more of its body for ${settingOf(scene, [], 'client-body-timeout').says}; 408 stands only in the access log.`,
  fix: () => 'Send the whole body, or a shorter Content-Length.',
};

/** 503, or limit-req-status-code: a leaky bucket for each client (ngx_http_limit_req_module). */
export const rateLimited: ReasonWords = {
  phase: 'limit',
  brief: 'this client sends too much',
  annotations: ['limit-rps', 'limit-rpm'],
  setting: (scene) => settingOf(scene, ['limit-rps', 'limit-rpm']),
  why: (scene) => {
    const limits = (scene.record.location?.directives.limitReq ?? []).map(
      ({ limit, per, burst }) => `${limit} a ${per}, and up to ${burst} beyond that at once`,
    );
    return `${scene.record.clientAddress} has sent more than ${rateLimited.setting?.(scene).says} lets through: ${limits.join('; ')}.`;
  },
  fix: (scene) => raiseLimit(scene, rateLimited.setting?.(scene)),
};

/** 503, or limit-conn-status-code. */
export const tooManyConnections: ReasonWords = {
  phase: 'limit',
  brief: 'too many requests of this client are under way',
  annotations: ['limit-connections'],
  setting: (scene) => settingOf(scene, ['limit-connections']),
  why: (scene) =>
    `${scene.record.location?.directives.limitConn?.connections} requests of ${scene.record.clientAddress} are under way already, as many as ${tooManyConnections.setting?.(scene).says} allows.`,
  fix: (scene) => raiseLimit(scene, tooManyConnections.setting?.(scene)),
};

function raiseLimit(scene: Scene, setting: Setting | undefined): string {
  return `Send less, raise ${setting?.says}, or let this address off: limit-allowlist: "${scene.record.clientAddress}".`;
}

/** How to set an annotation higher: at its line where it has one. */
export function raise(scene: Scene, annotation: string, value: string): string {
  const setting = settingOf(scene, [annotation], annotation);
  if (setting.from !== 'default') return `Raise ${setting.says} to ${value} or the like.`;
  const { source } = scene.record.location ?? {};
  const whose = source === undefined ? 'its Ingress' : spell(ingressName(source));
  return `Annotate ${whose}: ${annotationPrefix(scene.world)}${annotation}: ${value}`;
}
