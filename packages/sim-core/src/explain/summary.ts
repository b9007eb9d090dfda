import { canaryStages } from './canary-stages.ts';
import { whyStatus } from './hops/answer.ts';
import { canaryOf, isOpen } from './hops/canary.ts';
import { whyRedirect } from './hops/redirect.ts';
import { locationUpstream } from './hops/upstream.ts';
import { type Scene, spellUpstream } from './scene.ts';

/** Where a request went and why, in one sentence. */
export function summarize(scene: Scene): string {
  const { record } = scene;
  const { status, reason, redirectTo } = record;
  if (redirectTo !== undefined) return `${status} to ${redirectTo}: ${whyRedirect(scene) ?? whyStatus(scene)}`;
  if (reason === 'no-endpoints') {
    const { service, namespace, port } = locationUpstream(scene) ?? { service: '', namespace: '', port: '' };
    return `${status}: Service ${namespace}/${service} has no ready pod behind port ${port}, so there is nobody to ask.`;
  }
  return reason === undefined ? answered(scene) : `${status}: ${whyStatus(scene)}`;
}

/** A pod answers, or would. */
function answered(scene: Scene): string {
  const { record, headers } = scene;
  const { status, upstream, canary, toCanary, server, location } = record;
  const policy = canaryOf(scene)?.trafficShaping;
  const where = `${status === 0 ? 'Goes to' : `${status} from`} Service ${spellUpstream(upstream ?? { namespace: '', service: '', port: '' })}`;
  const rule = `${server?.hostname === '_' ? 'any host, ' : server?.hostname}${location?.ingressPath}`;
  if (policy === undefined) return `${where}: the rule for ${rule} leads there.`;
  if (canary === 'no-alternative') return `${where}, the main Service: the canary has no ready endpoint.`;
  const decider = canaryStages(record, policy, headers).find(({ decided }) => decided);
  return `${isOpen(scene) ? 'Main or canary' : `${where}, the ${toCanary ? 'canary' : 'main Service'}`}: ${decider?.says}.`;
}
