import { effectiveWeightTotal } from '../../ingress-nginx/nginx/canary-policy.ts';
import { canaryOf } from '../canary-of.ts';
import { type Changes, replaced } from './change.ts';

/** Another weight: the least that would have altered the draw, or all and nothing where nothing was drawn. */
export const otherWeight: Changes = ({ scene, configuration }) => {
  const { record } = scene;
  const canary = canaryOf(scene);
  const policy = canary?.trafficShaping;
  if (policy === undefined || canary === undefined || record.canary !== 'weight') return [];
  const total = effectiveWeightTotal(policy.weightTotal);
  const { draw, toCanary } = record;
  const weights =
    draw > 0
      ? [{ weight: toCanary ? draw - 1 : draw, words: toCanary ? 'or less' : 'or more' }]
      : [0, total].map((weight) => ({ weight, words: '' }));
  return weights
    .filter(({ weight }) => weight !== policy.weight)
    .map(({ weight, words }) => ({
      change: ['with canary-weight', weight, words, draw > 0 ? `(the same draw of ${draw})` : '']
        .filter((each) => each !== '')
        .join(' '),
      configuration: replaced(configuration, { ...canary, trafficShaping: { ...policy, weight } }),
    }));
};
