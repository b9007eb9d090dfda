import { place } from '../../doctor/finding.ts';
import type { DoctorFinding } from '../../wire.ts';
import { backendTroubles, serviceLine, serviceTroubles, spellService, upstreamOf } from '../backend.ts';
import { fixText } from '../fix-text.ts';
import { type Scene, serviceName } from '../scene.ts';
import { settingOf } from '../settings.ts';
import { raise } from './limits.ts';
import type { ReasonWords } from './reason-words.ts';

/** 503: the Service of the path has no ready endpoint (balancer.lua, rewrite). */
export const noEndpoints: ReasonWords = {
  phase: 'upstream',
  brief: 'the main Service has no ready endpoint',
  why: (scene) => {
    const upstream = upstreamOf(scene);
    const canaries = upstream?.alternativeBackends.length
      ? '; pods of a canary do not help, the main Service decides first'
      : '';
    return `${spellService(scene)} has no ready endpoint, so there is nobody to ask${canaries}.`;
  },
  fix: (scene) =>
    firstFix(
      backendTroubles(scene),
      `Give ${spellService(scene)} a ready pod: kubectl get endpointslices and kubectl get pods show what is missing.`,
    ),
};

/** 502: nobody listens on the port that was dialled. */
export const refused: ReasonWords = {
  phase: 'proxy',
  brief: 'the pods refuse the connection',
  why: (scene) =>
    `${asked(scene)} refused the connection: nothing listens on port ${portOf(scene)} there${targetPortPlace(scene)}.`,
  fix: (scene) =>
    firstFix(
      serviceTroubles(scene),
      `Make targetPort of ${spellService(scene)} the port that the program listens on (${serviceLine(scene, 'spec.ports[0].targetPort')}).`,
    ),
};

/** 502: the pod ended the connection before it answered. */
export const reset: ReasonWords = {
  phase: 'proxy',
  brief: 'the pods end the connection',
  annotations: ['backend-protocol'],
  why: (scene) => `${asked(scene)} ended the connection before the whole answer was there.`,
  fix: (scene) =>
    firstFix(
      serviceTroubles(scene),
      `Look at its logs and restarts (kubectl describe pod), and whether it speaks what backend-protocol says.`,
    ),
};

/** 504: no answer to the dial. */
export const connectTimeout: ReasonWords = {
  phase: 'proxy',
  brief: 'the pods cannot be reached',
  annotations: ['proxy-connect-timeout'],
  setting: (scene) => settingOf(scene, ['proxy-connect-timeout'], 'proxy-connect-timeout'),
  why: (scene) =>
    `${asked(scene)} did not take the connection within ${seconds(scene.record.location?.directives.proxyConnectTimeout)} (${connectTimeout.setting?.(scene).cites}).`,
  fix: (scene) =>
    firstFix(
      serviceTroubles(scene),
      `Look whether the pods of ${spellService(scene)} are there: kubectl get pods -o wide, kubectl get endpointslices.`,
    ),
};

/** 504: the pod took the request and did not answer. */
export const readTimeout: ReasonWords = {
  phase: 'proxy',
  brief: 'the pods do not answer in time',
  annotations: ['proxy-read-timeout'],
  setting: (scene) => settingOf(scene, ['proxy-read-timeout'], 'proxy-read-timeout'),
  why: (scene) =>
    `${asked(scene)} took the request and was silent for ${seconds(scene.record.location?.directives.proxyReadTimeout)} (${readTimeout.setting?.(scene).cites}).`,
  fix: (scene) => raise(scene, 'proxy-read-timeout', '"120" (whole seconds, no unit)'),
};

/** 502: the headers of a pod's answer do not fit into proxy_buffer_size. */
export const headTooLarge: ReasonWords = {
  phase: 'proxy',
  brief: "the headers of the pods' answers are too large",
  annotations: ['proxy-buffer-size'],
  setting: (scene) => settingOf(scene, ['proxy-buffer-size'], 'proxy-buffer-size'),
  why: (scene) =>
    `${asked(scene)} sent more headers than fit into one buffer (${settingOf(scene, ['proxy-buffer-size'], 'proxy-buffer-size').cites}).`,
  fix: (scene) => raise(scene, 'proxy-buffer-size', '"16k"'),
};

/** 499, in the access log only. */
export const clientClosed: ReasonWords = {
  phase: 'proxy',
  brief: 'the client went away',
  why: () => 'the client went away before the answer was there; 499 stands only in the access log.',
  fix: () => '',
};

/** The pod that was asked last, and how many were asked. */
function asked(scene: Scene): string {
  const { pod, tries } = scene.record;
  const who = pod === undefined ? `every endpoint of ${spellService(scene)}` : `pod ${pod}`;
  return tries > 1 ? `${tries} tries failed; the last, ${who},` : who;
}

function portOf({ record }: Scene): number | undefined {
  return record.endpointPort || record.upstream?.endpoints[0]?.port;
}

/** The line of the Service's targetPort. */
function targetPortPlace(scene: Scene): string {
  const upstream = upstreamOf(scene);
  if (upstream === undefined || upstream.service === '') return '';
  return place(scene.world, serviceName(upstream), 'spec.ports[0].targetPort');
}

function seconds(milliseconds = 0): string {
  return `${milliseconds / 1000} s`;
}

function firstFix(findings: readonly DoctorFinding[], otherwise: string): string {
  const [finding] = findings;
  return finding === undefined ? otherwise : fixText(finding);
}
