import { isRole } from '../binding/roles.ts';
import { readRoleOrName } from '../binding/selector.ts';
import { isAnswer, type TargetAnswer } from '../target/target.ts';
import { defineCheck } from './define-check.ts';
import { couldNotCheck, notYet, passed } from './finding.ts';
import { ALIKE, learnAnswerers, nameOfService } from './learn-answerers.ts';
import { describeRequest, type RequestSpec, readRequest, rolesOfRequest } from './request.ts';
import { describeAnswer, explanationOf, targetRequest } from './send.ts';

/** Requests that may go astray before nobody sends more. */
const MOST_STRAYS = 10;

/** What `route` wants. */
export interface RouteSpec {
  readonly request: RequestSpec;
  /** Whose pods have to answer: a role, or the name of a Service. */
  readonly service: string;
  /** How often it is asked: every single answer has to come from there. */
  readonly times: number;
}

/** Requests of a kind always go to one Service: by header, by cookie, by host and path. */
export const route = defineCheck<RouteSpec>({
  name: 'route',
  summary: 'Requests with such a header, cookie, host or path always go to one Service.',
  read(parent, field) {
    const reader = parent.object(field);
    reader.known(['request', 'expect', 'times']);
    const expect = reader.object('expect');
    expect.known(['service']);
    expect.needs(['service']);
    return {
      request: readRequest(reader, 'request'),
      service: readRoleOrName(expect, 'service'),
      times: reader.integer('times', 50, 1, 10_000),
    };
  },
  title: ({ request, service }) => `${describeRequest(request)} goes to ${service}`,
  roles: ({ request, service }) => [...rolesOfRequest(request), ...(isRole(service) ? [service] : [])],
  async run({ request: spec, service, times }, context) {
    const request = await targetRequest(spec, context);
    const wanted = nameOfService(context, service);
    const answerers = await learnAnswerers(context, spec.path);
    const strays: { answer: TargetAnswer; from: string }[] = [];
    let [sent, unknown] = [0, 0];
    await context.target.repeat(request, times, (answer) => {
      sent++;
      const by = isAnswer(answer) ? answerers.of(answer) : undefined;
      if (by === undefined && isAnswer(answer) && answer.status < 400) unknown++;
      else if (by === undefined || !by.services.includes(wanted))
        strays.push({ answer, from: by === undefined ? 'no pod of yours' : `Service ${by.services.join(' and ')}` });
      return strays.length + unknown < MOST_STRAYS;
    });
    const evidence = {
      request: describeRequest(spec),
      host: request.host,
      service: wanted,
      sent,
      strays: strays.length,
    };
    const [stray] = strays;
    if (stray === undefined && unknown > 0) return couldNotCheck(ALIKE, evidence);
    if (stray === undefined)
      return passed(`all ${sent} requests (${describeRequest(spec)}) went to Service ${wanted}`, evidence);
    const { why, ...next } = explanationOf(context, request);
    const message = `${describeRequest(spec)} was answered by ${stray.from} (${describeAnswer(stray.answer)}), not by Service ${wanted}: ${strays.length} of ${sent}.${why}`;
    return notYet(message, evidence, next);
  },
});
