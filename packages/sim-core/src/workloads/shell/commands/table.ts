import type { Executable } from '../process.ts';
import { curl } from './curl.ts';
import { dig } from './dig.ts';
import { FILE_COMMANDS } from './files.ts';
import { grep } from './grep.ts';
import { ls } from './ls.ts';
import { nginx } from './nginx.ts';
import { nslookup } from './nslookup.ts';
import { ping } from './ping.ts';
import { SOCKET_COMMANDS } from './sockets.ts';
import { SYSTEM_COMMANDS } from './system.ts';
import { test } from './test.ts';
import { TEXT_COMMANDS } from './text.ts';
import { wget } from './wget.ts';

/** Every program that can be executed, by name. Which image has which: `image-tools.ts`. */
export const COMMANDS: Readonly<Record<string, Executable>> = Object.freeze({
  ...FILE_COMMANDS,
  ...TEXT_COMMANDS,
  ...SYSTEM_COMMANDS,
  ...SOCKET_COMMANDS,
  '[': test,
  '[[': test,
  curl,
  dig,
  egrep: grep,
  fgrep: grep,
  grep,
  ls,
  nginx,
  nslookup,
  ping,
  test,
  wget,
});
