import type { DecisionRecord } from '../ingress-nginx/nginx/decision-record.ts';
import type { RequestTrace } from '../wire.ts';
import { deviationsOf } from './deviations.ts';
import { doctorFindings } from './doctor-findings.ts';
import { fixOf } from './fix.ts';
import { HOPS } from './hops/index.ts';
import { Scene, type SceneParts } from './scene.ts';
import { summarize } from './summary.ts';
import { whatIfs } from './what-if/index.ts';

/**
 * A decision record made readable: every step with what was chosen, why, and what it beat. Costs some work, so it is
 * made when somebody asks. Slots of the ring are used again: describe them at once.
 */
export function describe(parts: SceneParts): RequestTrace {
  const scene = new Scene(parts);
  const [summary, fix] = [summarize(scene), fixOf(scene)];
  return {
    ...factsOf(scene.record),
    summary,
    hops: HOPS.flatMap((hop) => hop.of(scene) ?? []),
    whatIf: whatIfs(scene),
    fix,
    findings: doctorFindings(scene, `${summary} ${fix}`),
    deviations: deviationsOf(scene),
  };
}

/** What is known of a request without any explanation. */
export function factsOf(
  record: DecisionRecord,
): Omit<RequestTrace, 'summary' | 'hops' | 'whatIf' | 'fix' | 'findings' | 'deviations'> {
  const {
    id,
    startedAt,
    origin,
    method,
    scheme,
    host,
    url,
    clientAddress,
    status,
    duration,
    bytesSent,
    upstream,
    pod,
    draw,
  } = record;
  return {
    id,
    at: startedAt,
    origin,
    method,
    scheme,
    host,
    url,
    clientAddress,
    status,
    milliseconds: duration,
    bytes: bytesSent,
    service: upstream === undefined || upstream.service === '' ? '' : `${upstream.namespace}/${upstream.service}`,
    pod: pod ?? '',
    decision: record.canary,
    isCanary: record.toCanary,
    ...(draw === 0 ? {} : { draw: { draw, weight: record.weight, total: record.drawTotal } }),
  };
}
