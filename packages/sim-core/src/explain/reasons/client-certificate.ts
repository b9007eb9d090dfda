import type { Scene } from '../scene.ts';
import { type Setting, serverSettingOf } from '../settings.ts';
import type { ReasonWords } from './reason-words.ts';

const settingBy =
  (...names: readonly string[]) =>
  (scene: Scene): Setting =>
    serverSettingOf(scene, scene.record.server, names);

const secretSetting = settingBy('auth-tls-secret');
const verifySetting = settingBy('auth-tls-verify-client', 'auth-tls-secret');
const nameSetting = settingBy('auth-tls-match-cn');

/** 496, sent as 400: `ssl_verify_client on`. */
export const certificateMissing: ReasonWords = {
  phase: 'server',
  brief: 'a client certificate is asked for',
  annotations: ['auth-tls-secret', 'auth-tls-verify-client'],
  setting: verifySetting,
  why: (scene) => `the client showed no certificate, and ${verifySetting(scene).says} asks for one on the whole host.`,
  fix: (scene) =>
    `Show one of the authority in Secret ${secretSetting(scene).value}: curl --cert FILE --key FILE. Or let clients come without: auth-tls-verify-client: optional.`,
};

/** 495, sent as 400: OpenSSL does not believe the certificate. */
export const certificateError: ReasonWords = {
  phase: 'server',
  brief: 'the client certificate is not believed',
  annotations: ['auth-tls-secret', 'auth-tls-verify-client', 'auth-tls-verify-depth'],
  setting: secretSetting,
  why: (scene) =>
    `the authorities of ${secretSetting(scene).says} do not vouch for the certificate of the client: it is another's, too old, or too many stand between.`,
  fix: (scene) =>
    `Look at both: openssl verify -CAfile ca.crt CERTIFICATE, with ca.crt of Secret ${secretSetting(scene).value}.`,
};

/** 403: the subject of the certificate is compared before anything else of the server, on plain http too. */
export const clientName: ReasonWords = {
  phase: 'server',
  brief: "the client certificate is somebody else's",
  annotations: ['auth-tls-match-cn'],
  setting: nameSetting,
  why: (scene) => {
    const { says, value } = nameSetting(scene);
    if (scene.record.scheme === 'http') return `${says} asks for ${value}, and on plain http nobody has a certificate.`;
    return `the subject of the client's certificate does not fit ${value} (${says}).`;
  },
  fix: () => 'The regex is searched for in the subject as openssl x509 -noout -subject -nameopt RFC2253 prints it.',
};

/** 403 for the whole host: its authorities could not be read (controller.go, AuthTLSError). */
export const verificationError: ReasonWords = {
  phase: 'server',
  brief: 'the host is closed, because it cannot verify clients',
  annotations: ['auth-tls-secret'],
  setting: secretSetting,
  why: ({ record }) => `the whole host is closed: ${record.server?.directives.clientVerificationError}.`,
  fix: () =>
    'auth-tls-secret takes namespace/name of a Secret of the same namespace that holds ca.crt: kubectl create secret generic NAME --from-file=ca.crt.',
};

/** 421: certificates were or were not asked for in the name of another host. */
export const misdirected: ReasonWords = {
  phase: 'server',
  brief: 'the TLS handshake was with another host',
  annotations: ['auth-tls-secret'],
  setting: secretSetting,
  why: (scene) =>
    `the handshake named another host than the Host header, and ${secretSetting(scene).says} asks for client certificates here.`,
  fix: ({ record }) =>
    `Connect anew with ${record.host} as server name: clients must not send this request on a connection of another host.`,
};
