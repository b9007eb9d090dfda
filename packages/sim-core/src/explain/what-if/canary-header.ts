import type { TrafficShapingPolicy } from '../../ingress-nginx/nginx/directives.ts';
import { sampleOfPattern } from '../../ingress-nginx/nginx/sample-of-pattern.ts';
import { canaryOf } from '../canary-of.ts';
import { type Changes, sentValue, withHeader } from './change.ts';

/** The header of the canary: its value, `always` and `never`, or none. */
export const canaryHeader: Changes = ({ scene, sent }) => {
  const policy = canaryOf(scene)?.trafficShaping;
  if (policy === undefined || policy.header === '') return [];
  const name = policy.header.replaceAll('_', '-');
  const seen = sentValue(sent, name);
  const values = valuesOf(policy).filter((value) => value !== seen);
  return [
    ...values.map((value) => ({ change: `with \`${name}: ${value}\``, request: withHeader(sent, name, value) })),
    ...(seen === undefined ? [] : [{ change: `without header ${name}`, request: withHeader(sent, name, undefined) }]),
  ];
};

function valuesOf({ headerValue, headerPattern }: TrafficShapingPolicy): string[] {
  if (headerValue !== '') return [headerValue];
  if (headerPattern === '') return ['always', 'never'];
  const sample = sampleOfPattern(headerPattern);
  return sample === undefined ? [] : [sample];
}
