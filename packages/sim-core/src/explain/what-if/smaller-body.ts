import { type Changes, sentValue, withHeader } from './change.ts';

/** A body that is just small enough. */
export const smallerBody: Changes = ({ scene, sent }) => {
  const most = scene.record.location?.directives.clientMaxBodySize ?? 0;
  const length = Number(sentValue(sent, 'content-length') ?? 0);
  if (most === 0 || length <= most) return [];
  return [
    { change: `with a body of at most ${most} bytes`, request: withHeader(sent, 'Content-Length', String(most)) },
  ];
};
