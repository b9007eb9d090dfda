import { globToRegExp } from './image-pattern.ts';
import { type ImageReference, imageName } from './image-reference.ts';
import type { ContainerContext, Program, RunningProgram } from './program.ts';
import { agnhost } from './programs/agnhost.ts';
import { conformanceEcho } from './programs/conformance-echo.ts';
import { ealenEchoServer } from './programs/ealen-echo-server.ts';
import { echoserver } from './programs/echoserver.ts';
import { grpc } from './programs/grpc.ts';
import { httpEcho } from './programs/http-echo.ts';
import { httpbin } from './programs/httpbin.ts';
import { httpd } from './programs/httpd.ts';
import { nginx } from './programs/nginx.ts';
import { phpFpm } from './programs/php-fpm.ts';
import { podinfo } from './programs/podinfo.ts';
import { rolloutsDemo } from './programs/rollouts-demo.ts';
import { runsInShell, shell, startShell } from './programs/shell.ts';
import { tcpService } from './programs/tcp-service.ts';
import { web } from './programs/web.ts';
import { whoami } from './programs/whoami.ts';

/**
 * What images do: the first program whose images match stands for an image, `web` for all others. The composition root
 * puts further ones before these (the ingress controller, its certificate Job).
 */
export const PROGRAMS: readonly Program[] = Object.freeze([
  nginx,
  httpd,
  whoami,
  httpEcho,
  ealenEchoServer,
  conformanceEcho,
  echoserver,
  agnhost,
  rolloutsDemo,
  podinfo,
  httpbin,
  grpc,
  phpFpm,
  shell,
  tcpService,
  web,
]);

/** The program that stands for an image; `name` (a Scenario's `program`) wins over the image's own. */
export function programFor(image: ImageReference, table: readonly Program[], name?: string): Program {
  const named = name === undefined ? undefined : table.find((program) => program.name === name);
  const full = imageName(image);
  const matches = (glob: string) => globToRegExp(glob).test(glob.includes(':') ? `${full}:${image.tag}` : full);
  return named ?? table.find(({ images }) => images.some(matches)) ?? web;
}

/** Starts what a container runs: its command line where that is a shell's business, else the image's program. */
export function startProgram(program: Program, context: ContainerContext): RunningProgram {
  if (program !== shell && runsInShell(context)) return startShell(context, program);
  return program.start(context);
}
