import { DEFAULT_SERVER } from '../../ingress-nginx/nginx/configuration.ts';
import { editDistance } from '../../manifest/nearest.ts';
import { type Changes, withHeader } from './change.ts';

/** Hosts that are tried. */
const MOST = 3;

/** Another host: of those with a rule the ones that resemble it most. */
export const otherHost: Changes = ({ scene, sent, configuration }) => {
  const { host } = scene.record;
  return configuration.servers
    .map(({ hostname }) => hostname.replace(/^\*\./, 'www.').toLowerCase())
    .filter((each) => each !== DEFAULT_SERVER && each !== host)
    .sort((a, b) => editDistance(host, a) - editDistance(host, b))
    .slice(0, MOST)
    .map((each) => ({ change: `with host ${each}`, request: withHeader(sent, 'Host', each) }));
};
