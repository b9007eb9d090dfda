import { type Changes, withCookie } from './change.ts';

/** Without the session that keeps a client where it was. */
export const sessionCookie: Changes = ({ scene, sent }) => {
  const { canary, primary } = scene.record;
  const name = primary?.sessionAffinity?.cookie.name;
  if (canary !== 'affinity' || name === undefined) return [];
  return [{ change: `without the session cookie ${name}`, request: withCookie(sent, name, undefined) }];
};
