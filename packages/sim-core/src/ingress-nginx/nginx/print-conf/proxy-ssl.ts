import type { ProxySsl } from '../directives.ts';
import type { ConfFile, Line } from './conf.ts';
import { quote } from './conf.ts';

/** What needs authorities: the template writes it only where there are some (nginx.tmpl). */
export function trustLines({ secret, caPem, ciphers, protocols, verify, verifyDepth, name }: ProxySsl): Line[] {
  if (caPem === '') return [];
  const file = { path: `ssl/proxy-ca-${secret}.pem`, content: `${caPem.trimEnd()}\n`, isSecret: false };
  // Here every upstream has a name of its own, which would be looked for in the certificate.
  const inReal = verify === 'on' && name === '' ? [line('proxy_ssl_name upstream_balancer;', 'proxy-ssl-verify')] : [];
  return [
    { text: `proxy_ssl_trusted_certificate ${file.path};`, file },
    line(`proxy_ssl_ciphers ${ciphers};`, 'proxy-ssl-ciphers'),
    line(`proxy_ssl_protocols ${protocols};`, 'proxy-ssl-protocols'),
    line(`proxy_ssl_verify ${verify};`, 'proxy-ssl-verify'),
    line(`proxy_ssl_verify_depth ${verifyDepth};`, 'proxy-ssl-verify-depth'),
    ...inReal,
  ];
}

/** The name of the server, and whether the handshake has it. */
export function nameLines({ name, serverName }: ProxySsl): Line[] {
  return [
    ...(name === '' ? [] : [line(`proxy_ssl_name ${quote(name)};`, 'proxy-ssl-name')]),
    line(`proxy_ssl_server_name ${serverName};`, 'proxy-ssl-server-name'),
  ];
}

/** What the pod is shown. */
export function certificateLines({ secret, certPem, keyPem }: ProxySsl): Line[] {
  if (certPem === '') return [];
  const content = [certPem, keyPem].map((pem) => `${pem.trimEnd()}\n`).join('');
  const file: ConfFile = { path: `ssl/proxy-${secret}.pem`, content, isSecret: true };
  return [{ text: `proxy_ssl_certificate ${file.path};`, file }, { text: `proxy_ssl_certificate_key ${file.path};` }];
}

function line(text: string, annotation: string): Line {
  return { text, settings: [annotation] };
}
