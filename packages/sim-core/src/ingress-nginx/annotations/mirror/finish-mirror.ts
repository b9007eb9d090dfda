import type { Finish } from '../lookup.ts';

/** Without a host of its own the copy has the target's (internal/ingress/annotations/mirror/main.go). */
export const finishMirror: Finish = ({ location, mirror }) => {
  if (mirror.target === '') return undefined;
  const [, host = ''] = /^https?:\/\/([^/?$:]+)/i.exec(mirror.target) ?? [];
  location.mirror = { ...mirror, host: mirror.host === '' ? host : mirror.host };
  return undefined;
};
