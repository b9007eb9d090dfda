import type { Audience, EmitContext } from '../../grader/emit/emitter.ts';
import type { Task } from '../../host/grader/task.ts';
import { PROGRAM } from '../command.ts';

/** What emitters have to know of a class. */
export function classContext({ audience }: { readonly audience: Audience }, all: readonly Task[]): EmitContext {
  const paths = new Map(all.map(({ id, path }) => [id, path]));
  return {
    ...surroundings(audience),
    isClass: true,
    pathPrefix: '',
    replay: ({ submission, seed }) => ({ command: replayCommand(paths.get(submission.id) ?? submission.id, seed) }),
  };
}

/** What emitters have to know of one submission. */
export function singleContext(audience: Audience, path: string, pathPrefix: string, manifests: string): EmitContext {
  return {
    ...surroundings(audience),
    isClass: false,
    pathPrefix,
    replay: ({ seed }) => ({ command: replayCommand(path, seed), manifests }),
  };
}

function surroundings(audience: Audience): Pick<EmitContext, 'audience' | 'environment' | 'now'> {
  return { audience, environment: process.env, now: `${new Date().toISOString().slice(0, 19)}Z` };
}

/** A line to paste; what a shell would read otherwise is quoted. */
function replayCommand(path: string, seed: string): string {
  const word = (text: string) => (/^[\w./@%+=:,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
  return `${PROGRAM} run ${word(path)} --addon ingress-nginx --seed ${word(seed)}`;
}
