import { headerValue } from '../../workloads/workload.ts';
import { different, tellOnce, told } from '../compare.ts';
import type { ClientAnswer } from '../transport.ts';
import { type Echo, echoOf } from './backends.ts';
import type { Band, HttpExpect, Matcher } from './vector.ts';

/** What the answers lack of what was expected, a sentence each; empty when all is well. */
export function answerProblems(answers: readonly ClientAnswer[], expected: HttpExpect): string[] {
  return [...tellOnce(answers.map((answer) => problemsOf(answer, expected))), ...countProblems(answers, expected)];
}

function problemsOf(answer: ClientAnswer, expected: HttpExpect): string[] {
  const { certificate, body, headers } = answer;
  const echo = echoOf(answer);
  const { backend, bodyContains, certCN, certDNS } = expected;
  return [
    ...different('status', answer.status, expected.status),
    ...(backend === undefined ? [] : different('backend', headerValue(headers, 'x-backend') ?? null, backend)),
    ...different('path that the pod got', echo?.url, expected.upstreamPath),
    ...(bodyContains === undefined || body.includes(bodyContains)
      ? []
      : [`body: expected to contain ${told(bodyContains)}, got ${told(body)}`]),
    ...(expected.location === undefined
      ? []
      : mismatch('Location', headerValue(headers, 'location'), expected.location)),
    ...headerProblems('', expected.responseHeaders, (name) => headerValue(headers, name)),
    ...upstreamProblems(echo, expected.upstreamHeaders),
    ...different('common name of the certificate', certificate?.commonName, certCN),
    ...(certDNS === undefined || certificate?.dnsNames.includes(certDNS) === true
      ? []
      : [`certificate: expected one for ${certDNS}, got one for ${certificate?.dnsNames.join(', ') ?? 'nobody'}`]),
  ];
}

function upstreamProblems(echo: Echo | undefined, expected: HttpExpect['upstreamHeaders']): string[] {
  if (expected === undefined) return [];
  if (echo === undefined) return ['headers at the pod: no pod answered'];
  return headerProblems(' at the pod', expected, (name) => echo.headers[name]);
}

function headerProblems(
  where: string,
  expected: Readonly<Record<string, Matcher>> = {},
  valueIn: (lowerCaseName: string) => string | undefined,
): string[] {
  return Object.entries(expected).flatMap(([name, matcher]) =>
    mismatch(`${name}${where}`, valueIn(name.toLowerCase()), matcher),
  );
}

function mismatch(name: string, value: string | undefined, matcher: Matcher): string[] {
  if (typeof matcher === 'string') return different(name, value, matcher);
  const { absent, present, matches } = matcher;
  return [
    ...(absent === true && value !== undefined ? [`${name}: expected none, got ${told(value)}`] : []),
    ...(present === true && value === undefined ? [`${name}: expected any, got none`] : []),
    ...(matches !== undefined && (value === undefined || !new RegExp(matches).test(value))
      ? [`${name}: expected what matches ${matches}, got ${told(value)}`]
      : []),
  ];
}

function countProblems(answers: readonly ClientAnswer[], expected: HttpExpect): string[] {
  const { statusShare, statusCount, backendShare, podShare, distinctPods } = expected;
  const statuses = answers.map(({ status }) => String(status));
  const backends = answers.map(({ headers }) => headerValue(headers, 'x-backend') ?? '');
  const pods = answers.map((answer) => echoOf(answer)?.pod ?? '');
  const distinct = new Set(pods.filter((pod) => pod !== '')).size;
  return [
    ...outside('share of status', statuses, statusShare, answers.length),
    ...outside('answers with status', statuses, statusCount, 1),
    ...outside('share of backend', backends, backendShare, answers.length),
    ...outside('share of pod', pods, podShare, answers.length),
    ...different('pods that answered', distinct, distinctPods),
  ];
}

function outside(
  what: string,
  values: readonly string[],
  bands: Readonly<Record<string, Band>> = {},
  divisor: number,
): string[] {
  return Object.entries(bands).flatMap(([value, [low, high]]) => {
    const share = values.filter((each) => each === value).length / divisor;
    return share >= low && share <= high ? [] : [`${what} ${value}: expected ${low} to ${high}, got ${share}`];
  });
}
