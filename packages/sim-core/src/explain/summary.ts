import { place } from '../doctor/finding.ts';
import { canaryOf, isOpen } from './canary-of.ts';
import { canaryStages } from './canary-stages.ts';
import { whyStatus } from './hops/answer.ts';
import { refusedReload } from './hops/configuration.ts';
import { pathPlace } from './rule-place.ts';
import { type Scene, spellUpstream } from './scene.ts';

/** Where a request went and why, in one or two sentences: the answer to whoever asks. */
export function summarize(scene: Scene): string {
  const refused = refusedReload(scene);
  const stale = refused === undefined ? '' : ` But ${refused.why}.`;
  return `${summaryOf(scene)}${stale}`;
}

function summaryOf(scene: Scene): string {
  const { status, reason, redirectTo } = scene.record;
  if (redirectTo !== undefined) return `${status} to ${redirectTo}: ${whyStatus(scene)}`;
  if (reason === 'passed-through') return `Goes to ${passedTo(scene)}: ${whyStatus(scene)}`;
  if (reason === undefined || status === 0) return answered(scene);
  return `${status}: ${whyStatus(scene)}`;
}

/** The Service that a host's TLS connections go to. */
function passedTo({ record: { configuration, host } }: Scene): string {
  const backend = configuration?.passthrough.find(({ hostname }) => hostname === host);
  return backend === undefined ? host : `Service ${backend.namespace}/${backend.service}:${backend.port}`;
}

/** A pod answers, or would. */
function answered(scene: Scene): string {
  const { record } = scene;
  const { status, upstream, canary, toCanary } = record;
  const policy = canaryOf(scene)?.trafficShaping;
  const where = `${status === 0 ? 'Goes to' : `${status} from`} Service ${spellUpstream(upstream ?? { namespace: '', service: '', port: '' })}`;
  if (record.errorCode !== 0) return `${where}, which answers for the ${record.errorCode} (custom-http-errors).`;
  if (policy === undefined) return `${where}: the rule for ${rule(scene)} leads there.`;
  if (canary === 'no-alternative') return `${where}, the main Service: the canary has no ready endpoint.`;
  const decider = canaryStages(record, policy).find(({ decided }) => decided);
  return `${isOpen(scene) ? 'Main or canary' : `${where}, the ${toCanary ? 'canary' : 'main Service'}`}: ${decider?.says}.`;
}

/** `shop.test/cart (shop.yaml:12)` */
function rule({ record, world }: Scene): string {
  const { server, location } = record;
  const at = location?.source && pathPlace(location.source);
  const where = at === undefined ? '' : place(world, at.object, at.field);
  return `${server?.hostname === '_' ? 'any host, ' : server?.hostname}${location?.ingressPath}${where}`;
}
