import type { Mirror } from '../directives.ts';
import { block, onOff, quote, quoteLiteral } from './conf.ts';
import { from, type Printer } from './printer.ts';
import type { LocationContext } from './printing.ts';

/** A copy of the request goes to the mirror, whose answer nobody waits for (template.go, buildMirrorLocations). */
export const MIRROR: Printer<Mirror, LocationContext> = from(
  'mirror-target',
  ({ requestBody }, context) => [
    `mirror ${path(context)};`,
    { text: `mirror_request_body ${onOff(requestBody)};`, settings: ['mirror-request-body'] },
  ],
  {
    beside: ({ target, host }, context) => [
      block(`location = ${path(context)}`, [
        'internal;',
        { text: `proxy_set_header Host ${quoteLiteral(host)};`, settings: ['mirror-host'] },
        '# a variable is looked up when it is asked for, a name when nginx starts',
        `set $mirror_target ${quote(target)};`,
        'proxy_pass $mirror_target;',
      ]),
    ],
  },
);

function path({ location: { source } }: LocationContext): string {
  return `/_mirror-${source?.namespace}-${source?.ingress}`;
}
