import type { Location } from '../../ingress-nginx/nginx/configuration.ts';
import { editDistance } from '../../manifest/nearest.ts';
import type { Changes } from './change.ts';

/** Paths of rules that are tried. */
const MOST = 2;

/** Another path: with or without the slash at its end, without its last part, in lower case, or a rule's that resembles it. */
export const otherPath: Changes = ({ scene, sent }) => {
  const { server, path } = scene.record;
  const [own = '/', ...query] = sent.url.split('?');
  const ruled = (server?.locations ?? [])
    .filter(isPlain)
    .map(({ ingressPath }) => ingressPath)
    .sort((a, b) => editDistance(path, a) - editDistance(path, b));
  const slash = own.endsWith('/') ? own.slice(0, -1) : `${own}/`;
  const parent = own.replace(/\/[^/]*\/?$/, '');
  const tried = [slash, own.toLowerCase(), parent, ...[...new Set(ruled)].slice(0, MOST)];
  return [...new Set(tried)]
    .filter((each) => each !== '' && each !== own)
    .map((each) => ({ change: words(own, each), request: { ...sent, url: [each, ...query].join('?') } }));
};

function words(own: string, path: string): string {
  if (`${own}/` === path) return `with a slash at the end, ${path}`;
  return `${path}/` === own ? `without the slash at the end, ${path}` : `with path ${path}`;
}

/** A path of a rule that can be asked for as it stands: no pattern. */
function isPlain({ isDefaultBackend, source, modifier, ingressPath }: Location): boolean {
  return !isDefaultBackend && source !== undefined && (modifier !== '~*' || /^[\w/.~-]*$/.test(ingressPath));
}
