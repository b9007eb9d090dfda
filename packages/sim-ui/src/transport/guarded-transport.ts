import { type Transport, TransportError } from './transport.ts';

/** What looks and changes nothing. Everything else is a write, whoever adds it. */
const READS: ReadonlySet<PropertyKey> = new Set<keyof Transport>([
  'snapshot',
  'feed',
  'trace',
  'traces',
  'past',
  'simulate',
  'lesson',
  'checkLesson',
  'lessonResult',
  'lessons',
]);

/**
 * A transport that refuses to change anything as long as there is a reason.
 *
 * @param whyNot - the reason, for the person who tried; '' when there is none
 */
export function guardedTransport(transport: Transport, whyNot: () => string): Transport {
  return new Proxy(transport, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => {
        const isRead = READS.has(name) || (name === 'call' && args[0] === 'GET');
        const reason = isRead ? '' : whyNot();
        if (reason !== '') return Promise.reject(new TransportError('refused', reason));
        return Reflect.apply(member, target, args) as unknown;
      };
    },
  });
}
