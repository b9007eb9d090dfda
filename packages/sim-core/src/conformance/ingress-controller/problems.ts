import { matchesHost } from '../../ingress-nginx/nginx/certificate-table.ts';
import { headerValue } from '../../workloads/workload.ts';
import { different } from '../compare.ts';
import type { ClientAnswer } from '../transport.ts';
import type { Expect } from './vector.ts';

/** What the suite's echo server answers (workloads/programs/conformance-echo.ts). */
interface Echo {
  readonly path: string;
  readonly host: string;
  readonly method: string;
  readonly proto: string;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly service: string;
  readonly pod: string;
}

/** What an answer lacks of what was expected. */
export function answerProblems(answer: ClientAnswer, expected: Expect): string[] {
  const echo = echoOf(answer);
  return [
    ...different('status', answer.status, expected.status),
    ...different('protocol of the answer', answer.protocol, expected.responseProto),
    ...headerProblems(answer, expected.responseHeaders),
    ...different('service', echo?.service, expected.service),
    ...different('host at the pod', echo?.host, expected.host),
    ...requestProblems(echo, expected.backendRequest),
    ...certificateProblems(answer, expected),
  ];
}

/** How many pods there were among those that answered. */
export function distinctPodProblems(answers: readonly ClientAnswer[], { distinctPods }: Expect): string[] {
  const pods = new Set(answers.flatMap((answer) => echoOf(answer)?.pod ?? []));
  return different('pods that answered', pods.size, distinctPods);
}

function headerProblems({ headers }: ClientAnswer, expected: Expect['responseHeaders'] = {}): string[] {
  return Object.entries(expected).flatMap(([name, wanted]) => {
    const value = headerValue(headers, name.toLowerCase());
    if (wanted !== '*') return different(name, value, wanted);
    return value === undefined ? [`${name}: expected any, got none`] : [];
  });
}

function requestProblems(echo: Echo | undefined, expected: Expect['backendRequest']): string[] {
  if (expected === undefined) return [];
  if (echo === undefined) return ['request at the pod: no pod answered'];
  const { method, path, host, proto, headers = {} } = expected;
  return [
    ...different('method at the pod', echo.method, method),
    ...different('path at the pod', echo.path, path),
    ...different('host at the pod', echo.host, host),
    ...different('protocol at the pod', echo.proto, proto),
    ...Object.entries(headers).flatMap(([name, value]) =>
      different(`${name} at the pod`, echo.headers[name]?.join(', '), value),
    ),
  ];
}

function certificateProblems({ certificate }: ClientAnswer, { tlsSAN, tlsVerifyHostname }: Expect): string[] {
  const names = certificate?.dnsNames ?? [];
  const covers = tlsVerifyHostname === undefined || names.some((name) => matchesHost(name, tlsVerifyHostname));
  return [
    ...different('names of the certificate', names.join(', '), tlsSAN?.join(', ')),
    ...(covers
      ? []
      : [`certificate: expected one for ${tlsVerifyHostname}, got one for ${names.join(', ') || 'nobody'}`]),
  ];
}

/** A page is no JSON, and nobody's echo. */
function echoOf({ headers, body }: ClientAnswer): Echo | undefined {
  if (headerValue(headers, 'content-type') !== 'application/json') return undefined;
  try {
    return JSON.parse(body) as Echo;
  } catch {
    return undefined;
  }
}
