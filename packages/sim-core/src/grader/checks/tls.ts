import { defineCheck } from './define-check.ts';
import { type RequestSpec, readRequest, rolesOfRequest } from './request.ts';

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
});
