import { DEFAULT_SERVER, type Server } from '../configuration.ts';
import type { HttpDirectives, ServerDirectives } from '../directives.ts';
import { printCertificate } from './certificates.ts';
import { CLIENT_VERIFICATION } from './client-verification.ts';
import { type Block, block, type Conf, comment, onOff, printLines, quote } from './conf.ts';
import { printBeside, printLocation } from './location.ts';
import { from, type Printers, printDirectives } from './printer.ts';
import type { Printing, ServerContext } from './printing.ts';
import { certificateLines, nameLines, trustLines } from './proxy-ssl.ts';

/** How each directive of a server is printed, its name first. */
export const SERVER: Printers<ServerDirectives, ServerContext> = Object.freeze<
  Printers<ServerDirectives, ServerContext>
>({
  serverAlias: from('server-alias', (names, { server: { hostname, sources } }) => [
    {
      text: `server_name ${[hostName(hostname), ...names.map(aliasName)].join(' ')};`,
      source: names.length === 0 ? sources?.hostname : sources?.serverAlias,
    },
  ]),
  sslCiphers: from('ssl-ciphers', (ciphers, { server: { sources } }) =>
    ciphers === '' ? [] : [{ text: `ssl_ciphers ${quote(ciphers)};`, source: sources?.sslCiphers }],
  ),
  sslPreferServerCiphers: from('ssl-prefer-server-ciphers', (on, { server: { sources } }) => [
    { text: `ssl_prefer_server_ciphers ${onOff(on)};`, source: sources?.sslPreferServerCiphers },
  ]),
  clientNamePattern: from('auth-tls-match-cn', (pattern, { server: { sources } }) => {
    const lines = ['return 403 "client certificate unauthorized";'];
    const head = `if ($ssl_client_s_dn !~ ${quote(pattern)})`;
    return pattern === '' ? [] : [block(head, lines, { source: sources?.clientNamePattern })];
  }),
  clientVerificationError: from('auth-tls-secret', (error, { server: { sources } }) =>
    error === ''
      ? []
      : [comment(error), 'return 403;'].map((text) => ({ text, source: sources?.clientVerificationError })),
  ),
  clientVerification: CLIENT_VERIFICATION,
  proxySsl: from('proxy-ssl-secret', (ssl, { server: { sources } }) => {
    const named = ssl.caPem === '' || ssl.name === '' ? [] : nameLines(ssl);
    const lines = [...trustLines(ssl), ...named, ...certificateLines(ssl)];
    return lines.map((line) => ({ ...line, source: sources?.proxySsl }));
  }),
  redirectTo: from(['from-to-www-redirect'], (to, { server: { sources }, printing }) => {
    const { httpRedirectCode } = printing.configuration.http;
    const text = `return ${httpRedirectCode} $pass_access_scheme://${to}:$pass_port$redirect_uri;`;
    return to === '' ? [] : [{ text, source: sources?.redirectTo }];
  }),
  appRoot: from('app-root', (path, { server: { sources } }) => {
    const lines = [`return 302 $scheme://$this_host${path};`];
    return path === '' ? [] : [block('if ($uri = /)', lines, { source: sources?.appRoot })];
  }),
});

/** `server { … }`; what is the same beside two locations stands there once. Two equal locations stay: nginx refuses them. */
export function printServer(server: Server, printing: Printing, around: readonly Conf[]): Block {
  const { hostname, locations, sources } = server;
  const isDefault = hostname === DEFAULT_SERVER ? ' default_server' : '';
  const { http, https } = printing.ports;
  const http2 = printing.configuration.http.http2 ? ' http2' : '';
  const contexts = locations.map((location) => ({ location, server, printing, around }));
  const parts = [...withoutRepeats(contexts.flatMap(printBeside)), ...contexts.map(printLocation)];
  const [name = '', ...directives] = printDirectives(SERVER, server.directives, { server, printing });
  const body = [
    name,
    `listen ${http}${isDefault};`,
    `listen ${https}${isDefault} ssl${http2};`,
    ...printCertificate(server, printing),
    'set $proxy_upstream_name "-";',
    ...blocks(printing.configuration.http),
    ...directives,
    ...parts.flatMap((part): Conf[] => ['', part]),
  ];
  return block('server', body, { source: sources?.hostname ?? sources?.redirectTo });
}

/** Browsers and referers that are kept out. */
function blocks({ blockUserAgents, blockReferers }: HttpDirectives): Conf[] {
  return [
    ...(blockUserAgents.length > 0 ? [block('if ($block_ua)', [FORBIDDEN('block-user-agents')])] : []),
    ...(blockReferers.length > 0 ? [block('if ($block_ref)', [FORBIDDEN('block-referers')])] : []),
  ];
}

const FORBIDDEN = (key: string): Conf => ({ text: 'return 403;', settings: [key] });

/** The server behind `upstream-default-backend` (nginx.tmpl). */
export function printDefaultBackend({ ports, configuration }: Printing): Block {
  return block('server', [
    `listen 127.0.0.1:${ports.defaultBackend};`,
    'set $proxy_upstream_name "internal";',
    'access_log off;',
    block(`location ${quote(configuration.http.healthCheckPath)}`, ['return 200;']),
    block('location /', ['return 404;']),
  ]);
}

/** Parts that are not the same text as one before. */
export function withoutRepeats(parts: readonly Conf[]): Conf[] {
  const seen = new Set<string>();
  return parts.filter((part) => {
    const text = printLines([part])
      .map((line) => line.text)
      .join('\n');
    return seen.has(text) ? false : seen.add(text);
  });
}

/** A host's wildcard is one label (template.go, buildServerName). */
function hostName(name: string): string {
  if (!name.startsWith('*.')) return aliasName(name);
  return quote(`~^(?<subdomain>[\\w-]+)\\.${name.slice(2).replaceAll('.', '\\.')}$`);
}

function aliasName(name: string): string {
  return /^[\w.*-]+$/.test(name) ? name : quote(name);
}
