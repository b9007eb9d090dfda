import type { Role } from '../binding/roles.ts';
import { readRole } from '../binding/selector.ts';
import { defineCheck } from './define-check.ts';
import { type RequestSpec, readRequest, rolesOfRequest } from './request.ts';

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
});
