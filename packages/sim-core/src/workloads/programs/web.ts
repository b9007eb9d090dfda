import { type FetchOptions, type FetchResult, type FetchTarget, fetchTarget, isFailure } from '../fetch.ts';
import { type Answer, html, json, text } from '../http-answer.ts';
import { declaredPorts, defineHttpProgram } from '../http-program.ts';
import type { Handler } from '../http-server.ts';
import { imageVersion, shortImageName } from '../image-reference.ts';
import type { LateAnswer } from '../late-answer.ts';
import type { ContainerContext } from '../program.ts';
import { isProbe, pathOf } from '../request.ts';
import { type HttpRequest, headerValue } from '../workload.ts';
import { type CallReport, type WebPage, webHtml, webIntro, webJson, webText } from './web-page.ts';

/** Counts how many programs stand before this one, so that two that call each other come to an end. */
const HOPS_HEADER = 'x-sandbox-hops';
const MOST_HOPS = 4;
const MOST_CALLS = 8;
/** Milliseconds of request time that a called program has. */
const CALL_TIMEOUT = 2000;

/** A program of the cluster that this one calls, as its environment names it. */
interface Call {
  readonly variable: string;
  readonly url: string;
  readonly target: FetchTarget;
}

/**
 * The program for every image that is not known better: says who it is (app, image tag, pod, node, namespace) and what
 * it was asked, as text for curl and wget, as a page for browsers, as JSON on request. For `/` it first calls the http
 * URLs of its environment, by their names, and reports what they say; probes do not set that off.
 */
export const web = defineHttpProgram({
  name: 'web',
  images: [],
  ports: portsOf,
  greeting: (context) => [`simulated program for ${context.image.text}: the image itself does not run`],
  handler: webHandler,
});

function portsOf(context: ContainerContext): number[] | undefined {
  const declared = declaredPorts(context);
  if (declared.length > 0) return declared;
  const { container, image } = context;
  context.notice(
    `container ${container.name} (${image.text}) declares no containerPort: its simulated program answers on any port`,
  );
  return undefined;
}

function webHandler(context: ContainerContext): Handler {
  const page = pageOf(context);
  const intro = webIntro(page);
  const calls = callsOf(context);
  /** Browsers ask for text/html; curl and wget for anything. */
  const render = (request: HttpRequest, reports: readonly CallReport[]): Answer => {
    const accept = headerValue(request.headers, 'accept') ?? '*/*';
    if (accept.includes('text/html')) return html(200, webHtml(page, request, reports));
    if (accept.includes('application/json')) return json(200, webJson(page, request, reports));
    return text(200, webText(intro, request, reports));
  };
  return (request) => {
    if (calls.length === 0 || pathOf(request.url) !== '/' || isProbe(request)) return render(request, []);
    const hops = Number(headerValue(request.headers, HOPS_HEADER) ?? 0);
    if (!(hops < MOST_HOPS)) return render(request, []);
    return afterCalls(calls, context, callOptions(request, hops), (reports) => render(request, reports));
  };
}

function callOptions({ headers: asked }: HttpRequest, hops: number): FetchOptions {
  const requestId = headerValue(asked, 'x-request-id');
  const headers = ['accept', 'text/plain', HOPS_HEADER, String(hops + 1)];
  if (requestId !== undefined) headers.push('x-request-id', requestId);
  return { headers, timeout: CALL_TIMEOUT };
}

/** Makes all calls at once and answers when the last has come back. */
function afterCalls(
  calls: readonly Call[],
  { fetch }: ContainerContext,
  options: FetchOptions,
  answerTo: (reports: readonly CallReport[]) => Answer,
): LateAnswer {
  return (answer) => {
    const reports: CallReport[] = new Array(calls.length);
    let owed = calls.length;
    for (const [index, call] of calls.entries()) {
      fetch(call.target, options, (result) => {
        reports[index] = reportOf(call, result);
        if (--owed === 0) answer(answerTo(reports));
      });
    }
  };
}

function pageOf({ pod, image, nodeName }: ContainerContext): WebPage {
  const labels = pod.metadata.labels ?? {};
  return {
    app: labels['app'] ?? labels['app.kubernetes.io/name'] ?? shortImageName(image),
    version: imageVersion(image),
    image: image.text,
    pod: pod.metadata.name,
    node: nodeName,
    namespace: pod.metadata.namespace ?? 'default',
  };
}

function callsOf({ env }: ContainerContext): Call[] {
  const calls: Call[] = [];
  for (const variable of Object.keys(env)) {
    const value = env[variable] as string;
    if (!/^https?:\/\/[^/]/.test(value) || !URL.canParse(value)) continue;
    const url = new URL(value);
    calls.push({ variable, url: url.href, target: fetchTarget(url) });
  }
  return calls.slice(0, MOST_CALLS);
}

function reportOf({ variable, url }: Call, result: FetchResult): CallReport {
  if (isFailure(result)) return { variable, url, error: result.message };
  return { variable, url, status: result.status, says: firstLine(result.body) };
}

function firstLine(body: string): string {
  const text = body.trimStart();
  const end = text.indexOf('\n');
  const line = end < 0 ? text : text.slice(0, end);
  return line.length > 80 ? `${line.slice(0, 77)}...` : line;
}
