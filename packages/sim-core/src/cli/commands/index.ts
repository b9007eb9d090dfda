import type { Command } from '../command.ts';
import { apply } from './apply.ts';
import { deleteCommand } from './delete.ts';
import { explain } from './explain.ts';
import { exportCommand } from './export.ts';
import { hosts } from './hosts.ts';
import { init } from './init.ts';
import { load } from './load.ts';
import { ps } from './ps.ts';
import { run } from './run.ts';
import { scenarios } from './scenarios.ts';
import { simulate } from './simulate.ts';
import { stop } from './stop.ts';
import { validate } from './validate.ts';
import { version } from './version.ts';

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = Object.freeze([
  run,
  init,
  validate,
  explain,
  apply,
  deleteCommand,
  exportCommand,
  load,
  simulate,
  hosts,
  ps,
  stop,
  scenarios,
  version,
]);

/** Commands that are announced and belong to later issues. */
export const NOT_YET: readonly string[] = Object.freeze(['kubectl', 'kubeconfig', 'grade', 'exercise', 'conformance']);
