import { compileCanaryPolicy } from '../ingress-nginx/nginx/canary-policy.ts';
import type { DecisionRecord } from '../ingress-nginx/nginx/decision-record.ts';
import type { TrafficShapingPolicy } from '../ingress-nginx/nginx/directives.ts';
import { HypotheticalProxy, type HypotheticalRequest } from '../ingress-nginx/nginx/hypothetical.ts';
import { sampleOfPattern } from '../ingress-nginx/nginx/sample-of-pattern.ts';
import type { CanaryView } from './canary-view.ts';

/** Address that requests are tried from (TEST-NET-3). */
const CLIENT = '203.0.113.1';

/**
 * Tries every way into a canary's path by walking the phases: both schemes, each header, cookie and draw that its policy
 * asks for, the path and what is below it.
 * @returns 'reached', or how the first try ended where none came to the canary
 */
export function probeCanary(view: CanaryView): 'reached' | DecisionRecord {
  const { running } = view.replica.nginx.proxy;
  const proxy = new HypotheticalProxy(view.replica.nginx.model().configuration, running);
  const policy = view.canary.trafficShaping;
  if (policy === undefined || !canBeTried(policy)) return 'reached';
  const records = requestsFor(view, policy).map((request) => proxy.decide(request));
  const found = records.some(({ toCanary, upstream }) => toCanary && upstream === view.canary);
  return found ? 'reached' : (records[0] as DecisionRecord);
}

/** A pattern for which no text can be made up may yet be fitted by one. */
function canBeTried({ header, headerValue, headerPattern }: TrafficShapingPolicy): boolean {
  if (header === '' || headerValue !== '' || headerPattern === '') return true;
  return (
    sampleOfPattern(headerPattern) !== undefined ||
    compileCanaryPolicy({ ...EMPTY, headerPattern }).headerPattern === 'broken'
  );
}

const EMPTY: TrafficShapingPolicy = {
  weight: 0,
  weightTotal: 100,
  header: '',
  headerValue: '',
  headerPattern: '',
  cookie: '',
};

function requestsFor({ path }: CanaryView, policy: TrafficShapingPolicy): HypotheticalRequest[] {
  const host = path.host === '' ? 'any.host' : path.host.replace(/^\*/, 'any');
  return pathsFor(path.path).flatMap((url) =>
    (['https', 'http'] as const).flatMap((scheme) =>
      headersFor(policy).map((headers) => ({
        method: 'GET',
        url,
        scheme,
        headers: ['Host', host, ...headers],
        remoteAddress: CLIENT,
        draw: 1,
      })),
    ),
  );
}

/** The path itself and one below it; of a regular expression a text that it fits. */
function pathsFor(path: string): string[] {
  const sample = sampleOfPattern(`^${path}`);
  const plain = [path, path.endsWith('/') ? `${path}x` : `${path}/x`];
  return [...new Set([...plain, ...(sample === undefined ? [] : [sample])])].filter((each) => each.startsWith('/'));
}

function headersFor({ header, headerValue, headerPattern, cookie }: TrafficShapingPolicy): string[][] {
  const name = header.replaceAll('_', '-');
  const value = headerValue !== '' ? headerValue : headerPattern !== '' ? sampleOfPattern(headerPattern) : 'always';
  return [
    ...(header === '' || value === undefined ? [] : [[name, value]]),
    ...(cookie === '' ? [] : [['Cookie', `${cookie}=always`]]),
    [],
  ];
}
