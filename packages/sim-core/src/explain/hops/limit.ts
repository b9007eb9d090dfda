import { AddressList } from '../../ingress-nginx/nginx/cidr.ts';
import { reached, reasonOf } from '../reasons/index.ts';
import { decidedBy, type Hop, type Scene, sentence } from '../scene.ts';
import { settingOf } from '../settings.ts';

const NAMES: readonly string[] = Object.freeze(['limit-rps', 'limit-rpm', 'limit-connections']);

/** Rates and connections of one client (ngx_http_limit_req_module, ngx_http_limit_conn_module). */
export const limitHop: Hop = {
  tells: [...NAMES, 'limit-burst-multiplier', 'limit-allowlist'],
  of: (scene) => {
    const { limitReq = [], limitConn } = scene.record.location?.directives ?? {};
    if ((limitReq.length === 0 && limitConn === undefined) || !reached(scene, 'limit')) return undefined;
    const words = reasonOf(scene);
    const isRefused = words?.phase === 'limit';
    const { at } = (isRefused ? words.setting?.(scene) : undefined) ?? settingOf(scene, NAMES);
    return {
      step: 'limit',
      title: isRefused ? `${scene.record.status}: too much` : title(scene),
      why: isRefused ? sentence(words.why(scene)) : limits(scene),
      beat: [],
      nodes: [],
      ...(at === undefined ? {} : decidedBy(scene, at.object, at.field)),
    };
  },
};

function title(scene: Scene): string {
  if (isExempt(scene)) return 'no limit for this client';
  return scene.wasSent ? 'within the limits' : 'counted for each client';
}

function isExempt({ record }: Scene): boolean {
  return new AddressList(record.location?.directives.limitAllowlist ?? []).has(record.clientAddress);
}

function limits(scene: Scene): string {
  const { clientAddress, location } = scene.record;
  if (isExempt(scene)) return `${clientAddress} is on the list of ${settingOf(scene, ['limit-allowlist']).says}.`;
  const { limitReq = [], limitConn } = location?.directives ?? {};
  const rates = limitReq.map(
    ({ limit, per, burst }) => `${limit} requests a ${per}, and up to ${burst} beyond that at once`,
  );
  const connections = limitConn === undefined ? [] : [`${limitConn.connections} requests at the same time`];
  return `Each client may send ${[...rates, ...connections].join('; ')}.`;
}
