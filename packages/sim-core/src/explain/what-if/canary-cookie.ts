import { canaryOf } from '../canary-of.ts';
import { type Changes, withCookie, withHeader } from './change.ts';

/** The cookie of the canary, without its header where there is one that would be asked first. */
export const canaryCookie: Changes = ({ scene, sent }) => {
  const policy = canaryOf(scene)?.trafficShaping;
  if (policy === undefined || policy.cookie === '') return [];
  const { cookie, header } = policy;
  const isFirst = header !== '' && scene.header(header) !== undefined;
  const plain = isFirst ? withHeader(sent, header, undefined) : sent;
  const also = isFirst ? `, without header ${header}` : '';
  return ['always', 'never'].map((value) => ({
    change: `with cookie \`${cookie}=${value}\`${also}`,
    request: withCookie(plain, cookie, value),
  }));
};
