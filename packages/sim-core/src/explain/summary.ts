import { canaryStages } from './canary-stages.ts';
import { whyStatus } from './hops/answer.ts';
import { canaryOf, isUndecided } from './hops/canary.ts';
import { type Scene, spellUpstream } from './scene.ts';

/** Where a request went and why, in one sentence. */
export function summarize(scene: Scene): string {
  const { record } = scene;
  if (record.reason !== undefined) return `${record.status}: ${whyStatus(scene)}`;
  const policy = canaryOf(scene)?.trafficShaping;
  const where = spellUpstream(record.upstream ?? { namespace: '', service: '', port: '' });
  const status = record.status === 0 ? '' : `${record.status} from `;
  if (policy === undefined)
    return `${status}${where}: ${record.server?.hostname === '_' ? 'any host' : record.server?.hostname}${record.location?.ingressPath} leads there.`;
  if (record.canary === 'no-alternative')
    return `${status}${where}, the main Service: the canary has no ready endpoint.`;
  const decider = canaryStages(record, policy, scene.headers).find(({ decided }) => decided);
  const which =
    isUndecided(scene) && !record.toCanary
      ? 'Main or canary'
      : `${status}${where}, the ${record.toCanary ? 'canary' : 'main Service'}`;
  return `${which}: ${decider?.says}.`;
}
