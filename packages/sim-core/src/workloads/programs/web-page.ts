import { escapeHtml } from '../http-answer.ts';
import type { HttpRequest, TlsSession } from '../workload.ts';

/** Who a web program is. */
export interface WebPage {
  readonly app: string;
  readonly version: string;
  readonly image: string;
  readonly pod: string;
  readonly node: string;
  readonly namespace: string;
}

/** What came of a call to another program. */
export interface CallReport {
  /** Environment variable that names the URL. */
  readonly variable: string;
  readonly url: string;
  readonly status?: number;
  /** First line of the answer. */
  readonly says?: string;
  readonly error?: string;
}

/** What every text answer begins with. */
export function webIntro({ app, version, pod, node, namespace }: WebPage): string {
  return `${app} ${version}\npod ${pod}, node ${node}, namespace ${namespace}\n`;
}

/** For curl and wget. */
export function webText(intro: string, request: HttpRequest, calls: readonly CallReport[]): string {
  let lines = intro;
  if (request.url !== '/') lines += `${request.method} ${request.url}\n`;
  if (request.tls !== undefined) lines += `${spellTls(request.tls)}\n`;
  for (const call of calls) lines += `${call.variable} ${call.url} -> ${outcome(call)}\n`;
  return lines;
}

/** What a client told in its handshake. */
function spellTls({ serverName, client }: TlsSession): string {
  const name = serverName === '' ? 'no server name' : `server name ${serverName}`;
  return `TLS: ${name}, ${client === undefined ? 'no client certificate' : `client certificate ${client.subject}`}`;
}

/** For programs. */
export function webJson(page: WebPage, request: HttpRequest, calls: readonly CallReport[]): unknown {
  return {
    ...page,
    method: request.method,
    url: request.url,
    remoteAddress: request.remoteAddress,
    ...(request.tls !== undefined && { tls: request.tls }),
    ...(calls.length > 0 && { calls }),
  };
}

/** For browsers; the colour follows the version, so that two versions look different. */
export function webHtml(page: WebPage, request: HttpRequest, calls: readonly CallReport[]): string {
  const { app, version, image, pod, node, namespace } = page;
  const rows = { image, pod, node, namespace, request: `${request.method} ${request.url}` };
  const list = Object.entries(rows).map(([name, value]) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`);
  const called = calls.map(
    (call) => `<li><code>${escapeHtml(call.variable)}</code> ${escapeHtml(`${call.url} → ${outcome(call)}`)}</li>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(`${app} ${version}`)}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;margin:0;color:#222;background:#fff}header{background:hsl(${hue(version)} 60% 35%);color:#fff;padding:2rem}
h1{margin:0}main{padding:1rem 2rem}dt{color:#555}dd{margin:0 0 .5rem;font-family:monospace}</style>
</head>
<body>
<header><h1>${escapeHtml(app)}</h1>${escapeHtml(version)}</header>
<main><dl>${list.join('')}</dl>${called.length > 0 ? `<p>It called:</p><ul>${called.join('')}</ul>` : ''}
<p><small>Simulated: the image does not run.</small></p></main>
</body>
</html>
`;
}

function outcome({ status, says, error }: CallReport): string {
  return error ?? `${status} ${says ?? ''}`.trimEnd();
}

/** 0 to 359, by the text. */
function hue(text: string): number {
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum = (sum * 31 + text.charCodeAt(i)) % 360;
  return sum;
}
