import type { RequestTrace } from '../../wire.ts';
import { outcomeOf } from '../outcome.ts';
import { requestOf } from '../replay.ts';
import type { Scene } from '../scene.ts';
import { canaryCookie } from './canary-cookie.ts';
import { canaryHeader } from './canary-header.ts';
import type { Asked, Change, Changes } from './change.ts';
import { fewerPods } from './fewer-pods.ts';
import { later } from './later.ts';
import { otherAddress } from './other-address.ts';
import { otherHost } from './other-host.ts';
import { otherMethod } from './other-method.ts';
import { otherPath } from './other-path.ts';
import { otherScheme } from './other-scheme.ts';
import { otherWeight } from './other-weight.ts';
import { sessionCookie } from './session-cookie.ts';
import { smallerBody } from './smaller-body.ts';

type WhatIf = RequestTrace['whatIf'][number];

/** Kinds of changes, and how many of each are told: what a client would try first stands first. */
const KINDS: readonly { readonly changes: Changes; readonly most: number }[] = Object.freeze([
  { changes: later, most: 1 },
  { changes: otherScheme, most: 1 },
  { changes: smallerBody, most: 1 },
  { changes: canaryHeader, most: 3 },
  { changes: canaryCookie, most: 2 },
  { changes: sessionCookie, most: 1 },
  { changes: otherWeight, most: 2 },
  { changes: otherAddress, most: 1 },
  { changes: otherPath, most: 2 },
  { changes: otherHost, most: 1 },
  { changes: otherMethod, most: 1 },
  { changes: fewerPods, most: 1 },
]);

/**
 * The nearest changes that would alter what becomes of a request: each is walked through the phases on the snapshot that
 * decided, with what was drawn; a change that alters nothing is left out.
 */
export function whatIfs(scene: Scene): WhatIf[] {
  const { configuration } = scene.record;
  if (configuration === undefined) return [];
  const asked: Asked = { scene, sent: requestOf(scene.record), configuration };
  const before = outcomeOfChange(asked, { change: '' });
  return KINDS.flatMap(({ changes, most }) =>
    changes(asked)
      .map((change) => ({ change: change.change, outcome: outcomeOfChange(asked, change) }))
      .filter(({ outcome }) => outcome !== before)
      .slice(0, most),
  );
}

function outcomeOfChange({ scene, sent, configuration: own }: Asked, change: Change): string {
  const { request = sent, configuration = own } = change;
  return outcomeOf(scene.replay.walk(request, configuration).record);
}
