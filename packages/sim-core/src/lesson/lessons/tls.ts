import { ADDRESS, ingress } from '../checks.ts';
import { type Lesson, notYet, passed } from '../lesson.ts';

const REDIRECT = 308;

export const tls: Lesson = {
  id: 'tls',
  title: 'HTTPS ends at the controller',
  story: 'The certificate lies in a Secret, the Ingress names it, and plain http is sent on to https.',
  objectives: [
    ADDRESS,
    {
      id: 'certificate',
      title: 'The Ingress names a host for TLS',
      hints: ['spec.tls lists hosts with the Secret of their certificate.'],
      check: (facts) => {
        const hosts = ingress(facts, 'netflix-frontend')?.tlsHosts ?? [];
        return hosts.length > 0 ? passed(`TLS for ${hosts.join(', ')}`) : notYet('spec.tls names no host.');
      },
    },
    {
      id: 'optional',
      title: 'Serve plain http as well: no redirect any more',
      requires: ['address', 'certificate'],
      hints: [
        'force-ssl-redirect redirects always. Without it, ssl-redirect still does, because the host has a certificate.',
        'Set nginx.ingress.kubernetes.io/force-ssl-redirect to "false", and add nginx.ingress.kubernetes.io/ssl-redirect: "false".',
      ],
      check: async (facts) => {
        const { status } = await facts.route('/');
        return status === REDIRECT
          ? notYet('GET http://…/ is answered 308 to https.')
          : passed(`GET http://…/ is answered ${status}`);
      },
    },
  ],
};
