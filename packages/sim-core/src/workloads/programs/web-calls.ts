import { type Fetch, type FetchResult, type FetchTarget, fetchTarget, isFailure, USER_AGENT } from '../fetch.ts';
import type { Answer } from '../http-answer.ts';
import type { LateAnswer } from '../late-answer.ts';
import type { ContainerContext } from '../program.ts';
import { type HttpRequest, headerValue } from '../workload.ts';
import type { CallReport } from './web-page.ts';

/** Counts how many programs stand before this one, so that two that call each other come to an end. */
export const HOPS_HEADER = 'x-sandbox-hops';
const MOST_CALLS = 8;
/** Milliseconds of request time that a called program has. */
const CALL_TIMEOUT = 2000;

/** A program of the cluster that another one calls, as its environment names it. */
export interface Call {
  readonly target: FetchTarget;
  /** What came of it, for people. */
  report(result: FetchResult): CallReport;
}

/** A request that sets off calls, and how many programs stand before this one. */
export interface Asked {
  readonly request: HttpRequest;
  readonly hops: number;
}

type AnswerTo = (request: HttpRequest, reports: readonly CallReport[]) => Answer;

/** The http URLs that the environment names. */
export function callsOf({ env }: ContainerContext): Call[] {
  const calls: Call[] = [];
  for (const variable of Object.keys(env)) {
    const value = env[variable] as string;
    if (!/^https?:\/\/[^/]/.test(value) || !URL.canParse(value)) continue;
    const url = new URL(value);
    calls.push({ target: fetchTarget(url), report: rememberingReport(variable, url.href) });
  }
  return calls.slice(0, MOST_CALLS);
}

/**
 * Makes all calls at once and answers when the last has come back: with the answer itself where nothing took time, as it is
 * with programs that have no latency.
 */
export function afterCalls(
  calls: readonly Call[],
  fetch: Fetch,
  asked: Asked,
  answerTo: AnswerTo,
): Answer | LateAnswer {
  const round = new Round(calls.length, asked.request, answerTo);
  for (let index = 0; index < calls.length; index++) call(calls[index] as Call, index, fetch, asked, round);
  return round.owed === 0 ? round.answer() : later(round);
}

function later(round: Round): LateAnswer {
  return (answer) => round.answerLate(answer);
}

function call({ target, report }: Call, index: number, fetch: Fetch, { request, hops }: Asked, round: Round): void {
  const options = { headers: headersFor(target, request, hops), timeout: CALL_TIMEOUT };
  fetch(target, options, (result) => round.came(index, report(result)));
}

/** The calls that one request sets off. */
class Round {
  /** How many have not come back. */
  owed: number;
  readonly #reports: CallReport[];
  readonly #request: HttpRequest;
  readonly #answerTo: AnswerTo;
  #late: ((answer: Answer) => void) | undefined;

  constructor(calls: number, request: HttpRequest, answerTo: AnswerTo) {
    this.owed = calls;
    this.#reports = new Array(calls);
    this.#request = request;
    this.#answerTo = answerTo;
  }

  came(index: number, report: CallReport): void {
    this.#reports[index] = report;
    if (--this.owed === 0) this.#late?.(this.answer());
  }

  answer(): Answer {
    return this.#answerTo(this.#request, this.#reports);
  }

  answerLate(answer: (answer: Answer) => void): void {
    this.#late = answer;
  }
}

/** The request's id goes along; the list is complete, so that nobody has to copy it. */
function headersFor(target: FetchTarget, { headers: asked }: HttpRequest, hops: number): string[] {
  const id = headerValue(asked, 'x-request-id');
  const count = String(hops + 1);
  if (id === undefined)
    return ['host', target.host, 'accept', 'text/plain', HOPS_HEADER, count, 'user-agent', USER_AGENT];
  // biome-ignore format: one line
  return ['host', target.host, 'accept', 'text/plain', HOPS_HEADER, count, 'x-request-id', id, 'user-agent', USER_AGENT];
}

/** The same answer again is the same report. */
function rememberingReport(variable: string, url: string): (result: FetchResult) => CallReport {
  let last: { status: number; body: string; report: CallReport } | undefined;
  return (result) => {
    if (isFailure(result)) return { variable, url, error: result.message };
    const { status, body } = result;
    if (last?.status !== status || last.body !== body)
      last = { status, body, report: { variable, url, status, says: firstLine(body) } };
    return last.report;
  };
}

function firstLine(body: string): string {
  const text = body.trimStart();
  const end = text.indexOf('\n');
  const line = end < 0 ? text : text.slice(0, end);
  return line.length > 80 ? `${line.slice(0, 77)}...` : line;
}
