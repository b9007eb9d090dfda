import type { CheckKind } from './define-check.ts';
import { forbids } from './forbids.ts';
import { http } from './http.ts';
import { loadBalancer } from './load-balancer.ts';
import { object } from './object.ts';
import { resilience } from './resilience.ts';
import { route } from './route.ts';
import { split } from './split.ts';
import { tls } from './tls.ts';
import { uses } from './uses.ts';
import { validate } from './validate.ts';

/** Every kind of check, in the order of the documentation. */
export const CHECK_KINDS: readonly CheckKind[] = Object.freeze([
  validate,
  object,
  http,
  route,
  split,
  tls,
  loadBalancer,
  resilience,
  uses,
  forbids,
]);

/** The kind of a name. */
export function checkKind(name: string): CheckKind | undefined {
  return CHECK_KINDS.find((each) => each.name === name);
}
