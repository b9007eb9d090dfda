import { type CertificateTable, certificateForSni } from '../certificate-table.ts';
import { type Certificate, DEFAULT_SERVER, type Server } from '../configuration.ts';
import { block, type Conf, comment, type Line, quote } from './conf.ts';
import type { Printing } from './printing.ts';

/** The certificate of a server, where it is not the default one. Lua chooses by name; stock nginx by server. */
export function printCertificate({ hostname, sources }: Server, { certificates }: Printing): Conf[] {
  const certificate = certificateForSni(certificates, hostname === DEFAULT_SERVER ? undefined : hostname);
  const own = certificate !== certificateForSni(certificates, undefined);
  const said: Line = { text: comment(`lua: certificate ${certificate.name}`), source: sources?.certificate };
  return [
    said,
    ...(own ? certificateLines(certificate).map((line) => ({ ...line, source: sources?.certificate })) : []),
  ];
}

/** What is served for names that no server has. */
export function printDefaultCertificate({ certificates }: Printing): Conf[] {
  const settings = ['--default-ssl-certificate'];
  return certificateLines(certificateForSni(certificates, undefined)).map((line) => ({ ...line, settings }));
}

function certificateLines({ name, certPem, keyPem }: Certificate): Line[] {
  const path = `ssl/${name}.pem`;
  const content = [certPem, keyPem].map((pem) => `${pem.trimEnd()}\n`).join('');
  return [
    { text: `ssl_certificate ${path};`, file: { path, content, isSecret: true } },
    { text: `ssl_certificate_key ${path};` },
  ];
}

/** Hosts for which `ssl-redirect` acts: those that have a certificate, may it be the fake one (certificate-table.ts). */
export function certificateMap(certificates: CertificateTable): Conf {
  const names = [...certificates.keys()];
  return block('map $host $has_certificate', ['default 0;', ...names.map((name) => `${quote(pattern(name))} 1;`)]);
}

function pattern(name: string): string {
  return name.startsWith('*.') ? `~^[^.]+\\.${name.slice(2).replaceAll('.', '\\.')}$` : name;
}
