import { forAudience } from './audience.ts';
import { classroom50 } from './classroom50.ts';
import { csv } from './csv.ts';
import type { EmitContext, Emitter, Graded } from './emitter.ts';
import { github } from './github.ts';
import { gradescope } from './gradescope.ts';
import { html } from './html.ts';
import { human } from './human.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import { sarif } from './sarif.ts';
import { tap } from './tap.ts';
import { vpl } from './vpl.ts';

/** Every format, in the order of the help. */
export const EMITTERS: readonly Emitter[] = Object.freeze([
  human,
  json,
  csv,
  junit,
  tap,
  gradescope,
  classroom50,
  github,
  sarif,
  markdown,
  html,
  vpl,
]);

/** The one way to a format: what its reader may not see never reaches the emitter. */
export function emit(emitter: Emitter, graded: Iterable<Graded>, context: EmitContext): Iterable<string> {
  return emitter.emit(seenBy(graded, context), context);
}

function* seenBy(graded: Iterable<Graded>, { audience }: EmitContext): Generator<Graded> {
  for (const each of graded) yield forAudience(each, audience);
}
