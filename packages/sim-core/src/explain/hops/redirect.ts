import { reasonOf } from '../reasons/index.ts';
import { pathPlace } from '../rule-place.ts';
import { decidedBy, type Hop, ingressBox, sentence } from '../scene.ts';

/** A redirect that nginx gives before it looks for a pod. */
export const redirectHop: Hop = {
  tells: [
    'ssl-redirect',
    'force-ssl-redirect',
    'preserve-trailing-slash',
    'app-root',
    'from-to-www-redirect',
    'permanent-redirect',
    'permanent-redirect-code',
    'temporal-redirect',
    'temporal-redirect-code',
  ],
  of: (scene) => {
    const { redirectTo, status, location, reason } = scene.record;
    const words = reasonOf(scene);
    if (words === undefined || redirectTo === undefined || reason === 'signin') return undefined;
    const path = reason === 'auto-redirect' && location?.source ? pathPlace(location.source) : undefined;
    const at = words.setting?.(scene).at ?? path;
    return {
      step: 'redirect',
      title: `${status} to ${redirectTo}`,
      why: sentence(words.why(scene)),
      beat: [],
      nodes: ingressBox(scene, location?.source),
      ...(at === undefined ? {} : decidedBy(scene, at.object, at.field)),
    };
  },
};
