import { type FetchResult, fetchTarget, isFailure } from '../fetch.ts';
import type { ContainerContext } from '../program.ts';
import type { Run, Wait } from './interpreter.ts';

type Print = (line: string) => void;

/** Prints the answer's body where it goes to standard output (`-O-`), else keeps it. */
export function wget(words: readonly string[], context: ContainerContext, print: Print): Run {
  const toOutput = words.some((word, i) => /^-\w*O-$/.test(word) || (/^-\w*O$/.test(word) && words[i + 1] === '-'));
  return download(words, context, toOutput ? print : () => {});
}

/** Prints the answer's body unless it goes to a file (`-o`, `-O`). */
export function curl(words: readonly string[], context: ContainerContext, print: Print): Run {
  return download(words, context, words.some((word) => /^-\w*[oO]$/.test(word)) ? () => {} : print);
}

function* download(words: readonly string[], { fetch, log }: ContainerContext, print: Print): Run {
  const named = words.filter((word) => /^[^-]/.test(word));
  const address = named.findLast((word) => /^https?:\/\//.test(word)) ?? named.at(-1) ?? '';
  const result = yield* ask(address.includes('://') ? address : `http://${address}`, fetch);
  if (result === undefined) return 1;
  if (isFailure(result)) {
    log(result.message);
    return 1;
  }
  for (const line of result.body.replace(/\n$/, '').split('\n')) print(line);
  return result.status < 400 ? 0 : 1;
}

/** Whether a name is known. */
export function nslookup(words: readonly string[], { resolve }: ContainerContext, print: Print): number {
  const [name = ''] = words.filter((word) => !word.startsWith('-'));
  const address = resolve(name);
  if (address === undefined) {
    print(`nslookup: can't resolve '${name}'`);
    return 1;
  }
  print(`Name: ${name}`);
  print(`Address: ${address}`);
  return 0;
}

/** `nc -z host port`: whether somebody listens. */
export function* nc(words: readonly string[], { fetch }: ContainerContext, print: Print): Run {
  const [host = '', port = ''] = words.filter((word) => !word.startsWith('-')).slice(-2);
  const result = yield* ask(`http://${host}:${port}`, fetch);
  if (result === undefined) return 1;
  const isOpen = !isFailure(result) || result.failure === 'connection reset';
  if (isFailure(result) && !isOpen) print(`nc: ${result.message}`);
  return isOpen ? 0 : 1;
}

/** Waits for the answer; undefined when the URL is none. */
function* ask(url: string, fetch: ContainerContext['fetch']): Generator<Wait, FetchResult | undefined, unknown> {
  if (!URL.canParse(url)) return undefined;
  return (yield { answer: (done) => fetch(fetchTarget(new URL(url)), {}, done) }) as FetchResult;
}
