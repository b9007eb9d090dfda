import type { Executable } from '../process.ts';
import { awk } from './awk.ts';
import { base64 } from './base64.ts';
import { basename, dirname } from './basename.ts';
import { cat } from './cat.ts';
import { cp, mv } from './cp.ts';
import { curl } from './curl/curl.ts';
import { cut } from './cut.ts';
import { date } from './date.ts';
import { df } from './df.ts';
import { dig } from './dig.ts';
import { echo } from './echo.ts';
import { env, printenv } from './env.ts';
import { expr } from './expr.ts';
import { find } from './find.ts';
import { free } from './free.ts';
import { grep } from './grep.ts';
import { head } from './head.ts';
import { hostname } from './hostname.ts';
import { id, whoami } from './id.ts';
import { ifconfig, ip } from './ip.ts';
import { kill } from './kill.ts';
import { ls } from './ls.ts';
import { mkdir } from './mkdir.ts';
import { mktemp } from './mktemp.ts';
import { nc } from './nc.ts';
import { netstat, ss } from './netstat.ts';
import { nginx } from './nginx.ts';
import { nslookup } from './nslookup.ts';
import { ping } from './ping.ts';
import { printf } from './printf.ts';
import { printing } from './printing.ts';
import { ps } from './ps.ts';
import { readlink, realpath } from './realpath.ts';
import { rm, rmdir } from './rm.ts';
import { sed } from './sed.ts';
import { seq } from './seq.ts';
import { sleep } from './sleep.ts';
import { sort } from './sort.ts';
import { tail } from './tail.ts';
import { tee } from './tee.ts';
import { test } from './test.ts';
import { timeout } from './timeout.ts';
import { touch } from './touch.ts';
import { tr } from './tr.ts';
import { uname } from './uname.ts';
import { uniq } from './uniq.ts';
import { uptime } from './uptime.ts';
import { wc } from './wc.ts';
import { wget } from './wget/wget.ts';
import { which } from './which.ts';
import { xargs } from './xargs.ts';
import { yes } from './yes.ts';

/** Every program that can be executed, by name. Which image has which: `image-tools.ts`. */
export const COMMANDS: Readonly<Record<string, Executable>> = Object.freeze<Record<string, Executable>>({
  '[': test,
  '[[': test,
  awk,
  base64,
  basename,
  cat,
  chmod: () => 0,
  chown: () => 0,
  clear: ({ stdout }) => {
    stdout.write('\x1b[H\x1b[J');
    return 0;
  },
  cp,
  curl,
  cut,
  date,
  df,
  dig,
  dirname,
  echo,
  egrep: grep,
  env,
  expr,
  false: () => 1,
  fgrep: grep,
  find,
  free,
  grep,
  head,
  hostname,
  id,
  ifconfig,
  ip,
  kill,
  ln: () => 0,
  ls,
  mkdir,
  mktemp,
  mv,
  nc,
  netstat,
  nginx,
  nproc: printing(() => '4'),
  nslookup,
  ping,
  printenv,
  printf,
  ps,
  pwd: printing(({ cwd }) => cwd),
  readlink,
  realpath,
  rm,
  rmdir,
  sed,
  seq,
  sleep,
  sort,
  ss,
  sync: () => 0,
  tail,
  tee,
  test,
  timeout,
  touch,
  tr,
  true: () => 0,
  tty: printing(({ terminal }) => (terminal === undefined ? 'not a tty' : '/dev/pts/0')),
  uname,
  uniq,
  uptime,
  wc,
  wget,
  which,
  whoami,
  xargs,
  yes,
});
