import { type Answer, html, json, text } from '../http-answer.ts';
import { declaredPorts, defineHttpProgram } from '../http-program.ts';
import type { Handler } from '../http-server.ts';
import { imageVersion, shortImageName } from '../image-reference.ts';
import type { ContainerContext } from '../program.ts';
import { isProbe, pathOf } from '../request.ts';
import { type HttpRequest, headerValue } from '../workload.ts';
import { afterCalls, callsOf, HOPS_HEADER } from './web-calls.ts';
import { type CallReport, type WebPage, webHtml, webIntro, webJson, webText } from './web-page.ts';
import { webTlsPorts } from './web-tls-ports.ts';

/** Programs that may stand before one that calls others. */
const MOST_HOPS = 4;

/**
 * The program for every image that is not known better: says who it is (app, image tag, pod, node, namespace) and what
 * it was asked, as text for curl and wget, as a page for browsers, as JSON on request. For `/` it first calls the http
 * URLs of its environment, by their names, and reports what they say; probes do not set that off.
 */
export const web = defineHttpProgram({
  name: 'web',
  images: [],
  ports: portsOf,
  tls: webTlsPorts,
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
  const inText = rememberingText(intro);
  /** Browsers ask for text/html; curl and wget for anything. */
  const render = (request: HttpRequest, reports: readonly CallReport[]): Answer => {
    const accept = headerValue(request.headers, 'accept') ?? '*/*';
    // Most of those who ask accept nothing else, or do not care.
    if (accept === '*/*' || accept === 'text/plain') return inText(request, reports);
    if (accept.includes('text/html')) return html(200, webHtml(page, request, reports));
    if (accept.includes('application/json')) return json(200, webJson(page, request, reports));
    return inText(request, reports);
  };
  return (request) => {
    if (calls.length === 0 || pathOf(request.url) !== '/' || isProbe(request)) return render(request, NO_REPORTS);
    const hops = Number(headerValue(request.headers, HOPS_HEADER) ?? 0);
    if (!(hops < MOST_HOPS)) return render(request, NO_REPORTS);
    return afterCalls(calls, context.fetch, { request, hops }, render);
  };
}

const NO_REPORTS: readonly CallReport[] = Object.freeze([]);

/** Answers that are kept, and the longest URL that they are kept for: who makes URLs up costs no memory. */
const KEPT_ANSWERS = 1000;
const LONGEST_KEPT_URL = 200;

/** Answers in text. Under load the same is asked for again and again, and what was called says the same: one answer serves all of them. */
function rememberingText(intro: string): (request: HttpRequest, reports: readonly CallReport[]) => Answer {
  const kept = new Map<string, { method: string; reports: readonly CallReport[]; answer: Answer }>();
  return (request, reports) => {
    const { method, url } = request;
    if (request.tls !== undefined) return text(200, webText(intro, request, reports));
    const known = kept.get(url);
    if (known !== undefined && known.method === method && isSameList(known.reports, reports)) return known.answer;
    const answer = text(200, webText(intro, request, reports));
    const isKept = known !== undefined || (kept.size < KEPT_ANSWERS && url.length <= LONGEST_KEPT_URL);
    if (isKept) kept.set(url, { method, reports, answer });
    return answer;
  };
}

function isSameList(a: readonly CallReport[], b: readonly CallReport[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
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
