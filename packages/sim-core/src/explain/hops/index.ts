import type { Hop } from '../scene.ts';
import { accessHop } from './access.ts';
import { answerHop } from './answer.ts';
import { canaryHop } from './canary.ts';
import { configurationHop } from './configuration.ts';
import { corsHop } from './cors.ts';
import { endpointHop } from './endpoint.ts';
import { errorPageHop } from './error-page.ts';
import { headersHop } from './headers.ts';
import { limitHop } from './limit.ts';
import { loadBalancerHop } from './load-balancer.ts';
import { locationHop } from './location.ts';
import { mirrorHop } from './mirror.ts';
import { nodePortHop } from './node-port.ts';
import { redirectHop } from './redirect.ts';
import { rewriteHop } from './rewrite.ts';
import { serverHop } from './server.ts';
import { settingsHop } from './settings.ts';
import { upstreamHop } from './upstream.ts';

/** Steps that tell of what they know. */
const TELLING: readonly Hop[] = Object.freeze([
  loadBalancerHop,
  nodePortHop,
  configurationHop,
  serverHop,
  locationHop,
  corsHop,
  redirectHop,
  rewriteHop,
  canaryHop,
  upstreamHop,
  limitHop,
  accessHop,
  mirrorHop,
  endpointHop,
  errorPageHop,
  headersHop,
]);

/**
 * The way of a request, in the order of nginx's phases. What a new annotation did to a request is told where its phase is: it
 * stands among the annotations that the phase `tells`, or else is listed with its summary.
 */
export const HOPS: readonly Hop[] = Object.freeze([
  ...TELLING,
  settingsHop([...TELLING, answerHop].flatMap(({ tells }) => tells)),
  answerHop,
]);
