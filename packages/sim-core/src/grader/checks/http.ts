import { type Expectation, readExpectation } from '../assert/expectation.ts';
import { isRole } from '../binding/roles.ts';
import { readRoleOrName } from '../binding/selector.ts';
import { ask } from './ask.ts';
import { defineCheck } from './define-check.ts';
import { notYet, passed } from './finding.ts';
import { learnAnswerers, nameOfService } from './learn-answerers.ts';
import { describeRequest, type RequestSpec, readRequest, rolesOfRequest } from './request.ts';
import { describeAnswer, explanationOf, targetRequest } from './send.ts';
import { wrongWithAnswer } from './wrong-with-answer.ts';

/** Where a redirect has to lead; what is left out is not asked. */
export interface RedirectSpec {
  readonly scheme?: Expectation;
  readonly host?: Expectation;
  readonly path?: Expectation;
}

/** What an answer has to be; what is left out is not asked. */
export interface AnswerSpec {
  readonly status?: Expectation;
  /** By lower-case name. */
  readonly headers?: Expectation;
  readonly body?: Expectation;
  readonly redirect?: RedirectSpec;
  /** Whose pods answer: a role, or the name of a Service. */
  readonly service?: string;
  /** The image of the pod that answers, with or without its tag. */
  readonly image?: string;
}

/** What `http` wants. */
export interface HttpSpec {
  readonly request: RequestSpec;
  readonly expect: AnswerSpec;
  /** How often it is asked; every answer has to fit. */
  readonly times: number;
}

/** A request from outside gets the answer that it should. */
export const http = defineCheck<HttpSpec>({
  name: 'http',
  summary: 'A request from outside gets the answer that it should: status, headers, body, redirect, who answers.',
  read(parent, field) {
    const reader = parent.object(field);
    reader.known(['request', 'expect', 'times']);
    const expect = reader.object('expect');
    expect.known(['status', 'headers', 'body', 'redirect', 'service', 'image']);
    const redirect = expect.object('redirect');
    redirect.known(['scheme', 'host', 'path']);
    return {
      request: readRequest(reader, 'request'),
      expect: {
        ...(expect.has('status') && { status: readExpectation(expect, 'status') }),
        ...(expect.has('headers') && { headers: lowerCase(readExpectation(expect, 'headers')) }),
        ...(expect.has('body') && { body: readExpectation(expect, 'body') }),
        ...(expect.has('service') && { service: readRoleOrName(expect, 'service') }),
        ...(expect.has('image') && { image: expect.text('image', '') }),
        ...(expect.has('redirect') && {
          redirect: {
            ...(redirect.has('scheme') && { scheme: readExpectation(redirect, 'scheme') }),
            ...(redirect.has('host') && { host: readExpectation(redirect, 'host') }),
            ...(redirect.has('path') && { path: readExpectation(redirect, 'path') }),
          },
        }),
      },
      times: reader.integer('times', 1, 1, 1000),
    };
  },
  title: ({ request }) => `Answer to ${describeRequest(request)}`,
  roles: ({ request, expect: { service = '' } }) => [...rolesOfRequest(request), ...(isRole(service) ? [service] : [])],
  async run({ request: spec, expect, times }, context) {
    const request = await targetRequest(spec, context);
    const wanted = expect.service === undefined ? undefined : nameOfService(context, expect.service);
    const asksWho = wanted !== undefined || expect.image !== undefined;
    const answerers = asksWho ? await learnAnswerers(context, spec.path) : undefined;
    for (let sent = 1; sent <= times; sent++) {
      const answer = await ask(context.target, request);
      const wrong = wrongWithAnswer(answer, expect, wanted, answerers);
      if (wrong === undefined) continue;
      const { why, ...next } = explanationOf(context, request);
      const evidence = { request: describeRequest(spec), host: request.host, sent, answer: describeAnswer(answer) };
      return notYet(`${describeRequest(spec)}: ${wrong}.${why}`, evidence, next);
    }
    const evidence = { request: describeRequest(spec), host: request.host, sent: times };
    return passed(`${describeRequest(spec)} is answered as it should be`, evidence);
  },
});

function lowerCase(expected: Expectation): Expectation {
  if (typeof expected !== 'object' || expected === null) return expected;
  return Object.fromEntries(Object.entries(expected).map(([name, value]) => [name.toLowerCase(), value]));
}
