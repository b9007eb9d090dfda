import { readdirSync } from 'node:fs';
import { basename } from 'node:path';

/** The transcripts in this folder. */
export const TRANSCRIPTS: readonly string[] = Object.freeze(
  readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.transcript'))
    .map((name) => basename(name, '.transcript'))
    .sort(),
);

/** Those that every kubectl runs each time. */
export const EVERYWHERE: readonly string[] = Object.freeze(['apply', 'change', 'pods']);
