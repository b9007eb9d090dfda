import type { Role } from '../binding/roles.ts';
import { readRole } from '../binding/selector.ts';
import { SequentialSplitTest } from '../split/sequential-test.ts';
import { isAnswer, type TargetAnswer } from '../target/target.ts';
import { defineCheck } from './define-check.ts';
import { couldNotCheck, notYet, passed } from './finding.ts';
import { ALIKE, learnAnswerers, nameOfService } from './learn-answerers.ts';
import { type RequestSpec, readRequest, rolesOfRequest } from './request.ts';
import { describeAnswer, explanationOf, targetRequest } from './send.ts';

/** Requests that may fail, or come from nobody knows where, before nobody sends more. */
const MOST_UNKNOWN = 10;

/** What `split` wants. */
export interface SplitSpec {
  /** Whose pods get the share. */
  readonly to: Role;
  readonly percent: number;
  /** How often, at most, a correct split is called wrong. */
  readonly errorOdds: number;
  /** Requests after which a split that was not called wrong passes. */
  readonly draws: number;
  readonly request: RequestSpec;
}

/** A share of the requests goes to one Service: decided from traffic alone. */
export const split = defineCheck<SplitSpec>({
  name: 'split',
  summary: 'A share of the requests goes to one Service, decided from traffic alone by a sequential test.',
  read(parent, field) {
    const reader = parent.object(field);
    reader.known(['to', 'percent', 'errorOdds', 'draws', 'request']);
    reader.needs(['percent']);
    return {
      to: readRole(reader, 'to', '$canaryService'),
      percent: reader.number('percent', 5, 0, 100),
      errorOdds: reader.number('errorOdds', 1e-6, 1e-12, 0.5),
      draws: reader.integer('draws', 12_000, 100, 1_000_000),
      request: readRequest(reader, 'request'),
    };
  },
  title: ({ percent, to }) => `${percent} % of the requests go to ${to}`,
  roles: ({ to, request }) => [...rolesOfRequest(request), to],
  async run({ to, percent, errorOdds, draws, request: spec }, context) {
    const request = await targetRequest(spec, context);
    const wanted = nameOfService(context, to);
    const answerers = await learnAnswerers(context, spec.path);
    const test = new SequentialSplitTest(percent / 100, errorOdds);
    const failures: TargetAnswer[] = [];
    let unknown = 0;
    await context.target.repeat(request, draws, (answer) => {
      const by = isAnswer(answer) ? answerers.of(answer) : undefined;
      if (by !== undefined) return !test.add(by.services.includes(wanted));
      if (isAnswer(answer) && answer.status < 400) unknown++;
      else failures.push(answer);
      return unknown + failures.length < MOST_UNKNOWN;
    });
    const evidence = {
      to: wanted,
      expectedPercent: percent,
      draws: test.draws,
      hits: test.hits,
      observedPercent: percentOf(test),
      logEvidence: round(test.logEvidence),
      errorOdds,
      failed: failures.length,
      host: request.host,
    };
    if (unknown >= MOST_UNKNOWN) return couldNotCheck(ALIKE, evidence);
    const seen = `${test.hits} of ${test.draws} requests (${percentOf(test)} %) went to Service ${wanted}`;
    const [failure] = failures;
    if (failures.length >= MOST_UNKNOWN && failure !== undefined) {
      const { why, ...next } = explanationOf(context, request);
      const message = `${failures.length} requests failed: ${describeAnswer(failure)}.${why}`;
      return notYet(message, evidence, next);
    }
    if (test.isRuledOut)
      return notYet(`${seen}; with ${percent} % that happens less than once in ${odds(errorOdds)} times`, evidence);
    return passed(`${seen}: consistent with ${percent} %`, evidence);
  },
});

/** `5.03`. */
function percentOf({ hits, draws }: SequentialSplitTest): number {
  return draws === 0 ? 0 : round((hits / draws) * 100);
}

function round(value: number): number {
  return Number.isFinite(value) ? Math.round(value * 100) / 100 : 1e9;
}

/** `1,000,000`. */
function odds(errorOdds: number): string {
  return String(Math.round(1 / errorOdds)).replace(/\B(?=(\d{3})+$)/g, ',');
}
