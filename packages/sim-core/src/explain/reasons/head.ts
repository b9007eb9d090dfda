import { parseHost } from '../../ingress-nginx/nginx/host.ts';
import { parseUri } from '../../ingress-nginx/nginx/uri.ts';
import type { Scene } from '../scene.ts';
import { settingOf } from '../settings.ts';
import type { ReasonWords } from './reason-words.ts';

/** A head that nginx refuses: 400 (ngx_http_request.c). */
export const badRequest: ReasonWords = {
  phase: 'head',
  brief: 'nginx refuses the request',
  why: (scene) => `nginx refuses the request before it looks for a rule: ${mistakeIn(scene).what}.`,
  fix: (scene) => mistakeIn(scene).fix,
};

/** Plain http on the https port: 400 (nginx's own 497). */
export const plainHttpToHttps: ReasonWords = {
  phase: 'head',
  brief: 'plain http on the https port',
  why: () => 'plain http was sent to the https port.',
  fix: ({ record }) => `Ask https://${record.host}${record.url}, or send plain http to the http port.`,
};

/** 405: TRACE (ngx_http_request.c). */
export const methodNotAllowed: ReasonWords = {
  phase: 'head',
  brief: 'nginx does not take this method',
  why: ({ record }) => `nginx does not take ${record.method}, whatever the rules say.`,
  fix: () => 'Ask with another method.',
};

const BUFFERS = 'large-client-header-buffers';

/** 414: the request line is longer than a buffer. */
export const uriTooLong: ReasonWords = {
  phase: 'head',
  brief: 'the URL is too long',
  setting: (scene) => settingOf(scene, [], BUFFERS),
  why: (scene) => `the request line does not fit into one buffer of ${settingOf(scene, [], BUFFERS).says}.`,
  fix: () => `Send what is long in the body, or set ${BUFFERS} in the controller's ConfigMap.`,
};

/** 400 (nginx's own 494): a header line is longer than a buffer, or all are longer than all buffers. */
export const headersTooLarge: ReasonWords = {
  phase: 'head',
  brief: 'the headers are too large',
  setting: (scene) => settingOf(scene, [], BUFFERS),
  why: (scene) => `the headers do not fit into the buffers of ${settingOf(scene, [], BUFFERS).says}.`,
  fix: () => `Send less (often it is cookies), or set ${BUFFERS} in the controller's ConfigMap.`,
};

interface Mistake {
  readonly what: string;
  readonly fix: string;
}

function mistakeIn(scene: Scene): Mistake {
  const { headers, url } = scene.record;
  const values = (name: string) =>
    headers.filter((_, index) => index % 2 === 1 && headers[index - 1]?.toLowerCase() === name);
  const hosts = values('host');
  const [host = ''] = hosts;
  if (hosts.length > 1) return { what: 'it has two Host headers', fix: 'Send one Host header.' };
  if (hosts.length === 0) return { what: 'it has no Host header', fix: 'Send a Host header: HTTP/1.1 asks for one.' };
  if (host === '' || parseHost(host) === undefined)
    return { what: `its Host header "${host}" is no host`, fix: 'Send a Host header such as shop.example.com.' };
  const length = values('content-length').find((value) => !/^\d+$/.test(value));
  if (length !== undefined)
    return { what: `its Content-Length "${length}" is no number`, fix: 'Send the length of the body in bytes.' };
  if (parseUri(url) === undefined) return badPath(url);
  return { what: 'its body broke off', fix: 'Send the whole body.' };
}

function badPath(url: string): Mistake {
  if (/(^|\/)\.\.(\/|$)/.test(decode(url.split('?')[0] ?? '')))
    return { what: `the path ${url} climbs above the root`, fix: 'Ask for a path that stays below / (fewer "..").' };
  return {
    what: `the path ${url} cannot be read`,
    fix: 'Ask for a path that begins with / and whose % are followed by two hexadecimal digits.',
  };
}

function decode(path: string): string {
  return path.replace(/%2e/gi, '.').replace(/%2f/gi, '/');
}
