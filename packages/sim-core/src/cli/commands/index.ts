import type { Command } from '../command.ts';
import { init } from './init.ts';
import { ps } from './ps.ts';
import { run } from './run.ts';
import { scenarios } from './scenarios.ts';
import { stop } from './stop.ts';
import { version } from './version.ts';

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = Object.freeze([run, init, ps, stop, scenarios, version]);

/** Commands that are announced and belong to later issues. */
export const NOT_YET: readonly string[] = Object.freeze(['kubectl', 'kubeconfig', 'grade', 'exercise', 'conformance']);
