import type { Process } from '../process.ts';
import { pause, type Run } from '../wait.ts';

const CONFIGURATION = '/etc/nginx/nginx.conf';

/** `nginx -t`, `-T`, `-v`, `-V`, `-s reload` in images that hold nginx; to run it is the image's own business. */
export function nginx(process: Process): number | Run {
  const { args, stderr, stdout, machine } = process;
  const flags = args.join(' ');
  if (/(^| )-[vV]( |$)/.test(flags)) {
    stderr.write(`nginx version: nginx/${versionOf(process)}\n`);
    return 0;
  }
  if (/(^| )-[tT]( |$)/.test(flags)) {
    stderr.write(
      `nginx: the configuration file ${CONFIGURATION} syntax is ok\nnginx: configuration file ${CONFIGURATION} test is successful\n`,
    );
    if (flags.includes('-T'))
      stdout.write(
        `# configuration file ${CONFIGURATION}:\n${machine.files.stat(CONFIGURATION) === undefined ? '' : machine.files.read(CONFIGURATION)}\n`,
      );
    return 0;
  }
  if (flags.includes('-s')) {
    machine.context.log('signal process started');
    return 0;
  }
  if (machine.takeOver?.() === true) return forGood();
  stderr.write(
    'nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address in use)\nnginx: [emerg] still could not bind()\n',
  );
  return 1;
}

function* forGood(): Run {
  yield* pause(Number.POSITIVE_INFINITY);
  return 0;
}

/** The ingress controller is built on 1.27.1; nginx's own images say in their tag. */
function versionOf({ machine: { context } }: Process): string {
  return /^\d+\.\d+(\.\d+)?/.exec(context.image.tag)?.[0] ?? '1.27.1';
}
