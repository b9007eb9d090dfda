import type { ContainerContext } from '../workloads/program.ts';
import { type FlagError, NothingToRun } from './flags/flag-error.ts';
import { FLAG_TABLE } from './flags/flag-table.ts';
import { usageOf } from './flags/pflag.ts';
import { createKlog } from './klog.ts';

/** What the simulated controller is (version/version.go; nginx is that of its image). */
export const RELEASE = Object.freeze({
  version: 'v1.15.1',
  commit: '0df02f2cfcf5fe4ad3cf31492bca770ac2a1606a',
  repository: 'https://github.com/kubernetes/ingress-nginx',
  nginx: 'nginx/1.27.1',
});

const RULE = '-'.repeat(79);

/** What it says of itself (version.String). */
export function banner(): string[] {
  const { version, commit, repository, nginx } = RELEASE;
  return [
    RULE,
    'NGINX Ingress controller',
    `  Release:       ${version}`,
    `  Build:         ${commit}`,
    `  Repository:    ${repository}`,
    `  nginx version: ${nginx}`,
    '',
    RULE,
    '',
  ];
}

/** The first lines of every controller's log. */
export function sayBanner({ log }: Pick<ContainerContext, 'log'>): void {
  for (const line of banner()) log(line);
}

/** Says why the controller does not start, as pflag or klog.Fatal does, and ends it. */
export function refuseToStart(error: FlagError, context: Pick<ContainerContext, 'clock' | 'log' | 'exit'>): void {
  const said = error.message === '' ? [] : [error.message];
  const isOfPflag = error.exitCode === 2;
  if (isOfPflag || (error instanceof NothingToRun && error.wantsHelp)) {
    for (const line of [...said, ...usageOf(FLAG_TABLE), ...said]) context.log(line);
  } else if (said.length > 0) createKlog(context).fatal('main.go:64', error.message);
  context.exit(error.exitCode);
}
