import { backendTroubles, spellService } from '../backend.ts';
import { fixText } from '../fix-text.ts';
import type { Scene } from '../scene.ts';
import { hostSettingOf, settingOf } from '../settings.ts';
import type { ReasonWords } from './reason-words.ts';

const protocolSetting = (scene: Scene) => settingOf(scene, ['backend-protocol']);

/** 502: the pod speaks plain HTTP, or no version of TLS that is allowed. */
export const tlsHandshake: ReasonWords = {
  phase: 'proxy',
  brief: 'the pods do not speak TLS',
  annotations: ['backend-protocol', 'proxy-ssl-protocols'],
  setting: protocolSetting,
  why: (scene) => `${asked(scene)} and nginx could not shake hands (${protocolSetting(scene).cites}): ${said(scene)}.`,
  fix: (scene) =>
    firstTrouble(
      scene,
      `Take backend-protocol away where the pods of ${spellService(scene)} speak plain HTTP, or point the Service at the port on which they speak TLS.`,
    ),
};

/** 502: `proxy_ssl_verify on` does not believe the pod's certificate. */
export const tlsCertificate: ReasonWords = {
  phase: 'proxy',
  brief: "the pods' certificate is not believed",
  annotations: ['proxy-ssl-verify', 'proxy-ssl-secret', 'proxy-ssl-name', 'proxy-ssl-verify-depth'],
  setting: (scene) => settingOf(scene, ['proxy-ssl-verify', 'proxy-ssl-secret'], 'proxy-ssl-verify'),
  why: (scene) =>
    `${asked(scene)} showed a certificate that nginx does not believe (${tlsCertificate.setting?.(scene).cites}): ${said(scene)}.`,
  fix: ({ record }) =>
    record.upstreamError.includes('does not match')
      ? 'Set proxy-ssl-name to a name of the certificate: without it nginx compares the name upstream_balancer.'
      : "Put the authority of the pods' certificate into ca.crt of the Secret that proxy-ssl-secret names.",
};

/** 502: an answer in HTTP/1 where gRPC was asked for. */
export const noHttp2: ReasonWords = {
  phase: 'proxy',
  brief: 'the pods do not speak gRPC',
  annotations: ['backend-protocol'],
  setting: protocolSetting,
  why: (scene) =>
    `${asked(scene)} does not speak HTTP/2 as gRPC needs it (${protocolSetting(scene).cites}): ${said(scene)}.`,
  fix: (scene) =>
    firstTrouble(
      scene,
      `Make backend-protocol what the pods of ${spellService(scene)} speak: GRPC without TLS, GRPCS with it, HTTP or HTTPS for what is no gRPC.`,
    ),
};

/** 502: an answer in HTTP where FastCGI was asked for. */
export const noFastcgi: ReasonWords = {
  phase: 'proxy',
  brief: 'the pods do not speak FastCGI',
  annotations: ['backend-protocol'],
  setting: protocolSetting,
  why: (scene) => `${asked(scene)} does not speak FastCGI (${protocolSetting(scene).cites}): ${said(scene)}.`,
  fix: (scene) =>
    firstTrouble(
      scene,
      `Take backend-protocol away where the pods of ${spellService(scene)} speak HTTP, or point the Service at the port of php-fpm (9000).`,
    ),
};

/** TLS that nginx never saw the inside of. */
export const passedThrough: ReasonWords = {
  phase: 'head',
  brief: 'the TLS connection went to the pods undecrypted',
  annotations: ['ssl-passthrough'],
  setting: (scene) => hostSettingOf(scene, scene.record.host, ['ssl-passthrough']),
  why: (scene) =>
    `the TLS connection named ${scene.record.host} in its handshake and went on undecrypted (${passedThrough.setting?.(scene).cites}), so nginx sees no request and no other annotation counts.`,
  fix: () => '',
};

function asked({ record }: Scene): string {
  return record.pod === undefined ? 'the pod' : `pod ${record.pod}`;
}

/** What stands in nginx's error log. */
function said({ record }: Scene): string {
  return record.upstreamError;
}

function firstTrouble(scene: Scene, otherwise: string): string {
  const [finding] = backendTroubles(scene);
  return finding === undefined ? otherwise : fixText(finding);
}
