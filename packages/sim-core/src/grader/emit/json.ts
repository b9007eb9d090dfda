import type { Emitter, Graded } from './emitter.ts';

/** The neutral result itself; of a class, a list of them. */
export const json: Emitter = {
  name: 'json',
  summary: 'the whole result as JSON; of a class a list',
  extension: '.json',
  holds: 'class',
  *emit(graded, { isClass }) {
    let between = isClass ? '[\n' : '';
    for (const each of graded) {
      yield between + JSON.stringify(shown(each, isClass), null, isClass ? undefined : 2);
      between = ',\n';
    }
    yield isClass ? `${between === '[\n' ? '[' : ''}\n]\n` : '\n';
  },
};

function shown({ result, status, name }: Graded, isClass: boolean): unknown {
  return isClass ? { ...result, status, ...(name !== undefined && { name }) } : result;
}
