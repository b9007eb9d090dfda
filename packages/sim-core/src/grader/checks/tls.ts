import { defineCheck } from './define-check.ts';
import { notYet, passed } from './finding.ts';
import { type RequestSpec, readRequest, rolesOfRequest } from './request.ts';
import { targetRequest } from './send.ts';

/** Common name of the certificate that ingress-nginx shows when it has none for a host. */
const FAKE = 'Kubernetes Ingress Controller Fake Certificate';

/** What `tls` wants. */
export interface TlsSpec {
  /** Host and address that the handshake is for. */
  readonly request: RequestSpec;
  /** Whether the certificate has to be valid for the host. */
  readonly coversHost: boolean;
  /** Whether it has to be another one than that which the controller shows when it has none of yours. */
  readonly own: boolean;
  /** Whether it has to be in its time. */
  readonly current: boolean;
}

/** The certificate that a client is shown. */
export const tls = defineCheck<TlsSpec>({
  name: 'tls',
  summary: 'Clients are shown a certificate of yours that is valid for the host.',
  read(parent, field) {
    const reader = parent.object(field);
    reader.known(['request', 'expect']);
    const expect = reader.object('expect');
    expect.known(['coversHost', 'own', 'current']);
    return {
      request: { ...readRequest(reader, 'request'), scheme: 'https' },
      coversHost: expect.flag('coversHost', true),
      own: expect.flag('own', true),
      current: expect.flag('current', true),
    };
  },
  title: () => 'The certificate that clients are shown',
  roles: ({ request }) => rolesOfRequest(request),
  async run({ request: spec, coversHost, own, current }, context) {
    const request = await targetRequest(spec, context);
    const shown = await context.target.certificate(request);
    const { host } = request;
    if ('failure' in shown) return notYet(`no TLS for ${host}: ${shown.failure}`, { host });
    const evidence = { host, commonName: shown.commonName, names: [...shown.dnsNames], issuer: shown.issuerCommonName };
    const names = shown.dnsNames.length > 0 ? shown.dnsNames : [shown.commonName];
    if (own && shown.commonName === FAKE)
      return notYet(`clients of ${host} are shown the controller's own certificate ("${FAKE}"), not yours`, evidence);
    if (coversHost && !names.some((name) => covers(name, host)))
      return notYet(`the certificate is for ${names.join(', ') || 'no name'}, not for ${host}`, evidence);
    if (current && shown.state !== 'valid') return notYet(`the certificate for ${host} is ${shown.state}`, evidence);
    return passed(`clients of ${host} are shown the certificate of ${names.join(', ')}`, evidence);
  },
});

/** Whether a name of a certificate stands for a host; a wildcard stands for one label (RFC 6125, 6.4.3). */
function covers(name: string, host: string): boolean {
  if (!name.startsWith('*.')) return name.toLowerCase() === host.toLowerCase();
  return name.slice(1).toLowerCase() === host.slice(host.indexOf('.')).toLowerCase();
}
