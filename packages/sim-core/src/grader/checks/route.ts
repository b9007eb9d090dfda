import { isRole, type Role } from '../binding/roles.ts';
import { readRoleOrName } from '../binding/selector.ts';
import { defineCheck } from './define-check.ts';
import { describeRequest, type RequestSpec, readRequest, rolesOfRequest } from './request.ts';

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
  roles: ({ request, service }) => [...rolesOfRequest(request), ...(isRole(service) ? [service as Role] : [])],
});
