import type { Process } from '../process.ts';
import { pause, type Run } from '../wait.ts';
import { type Options, parseOptions } from './options.ts';
import { isBusybox } from './userland.ts';

/** `nc -z [-v] [-w seconds] host port`: whether somebody listens. */
export function* nc(process: Process): Run {
  const options = parseOptions(process.args, 'wpsi');
  const [host = '', port = ''] = options.rest;
  if (options.has('l')) yield* pause(Number.POSITIVE_INFINITY);
  const ip = process.machine.context.resolve(host);
  if (ip === undefined)
    return complain(
      process,
      isBusybox(process)
        ? `bad address '${host}'`
        : `getaddrinfo for host "${host}" port ${port}: Name or service not known`,
    );
  const [first = 0, last = first] = port.split('-').map(Number);
  let status = 0;
  for (let at = first; at <= last && at - first < 1000; at++)
    status = Math.max(status, yield* connect(process, host, ip, at, options));
  return status;
}

function* connect(process: Process, host: string, ip: string, port: number, options: Options): Run {
  const outcome = process.machine.context.network.dial(ip, port);
  if (outcome === 'open') {
    if (options.has('v'))
      process.stderr.write(
        isBusybox(process)
          ? `${host} (${ip}:${port}) open\n`
          : `Connection to ${host} (${ip}) ${port} port [tcp/*] succeeded!\n`,
      );
    return 0;
  }
  const limit = Number(options.value('w') ?? 0) * 1000;
  if (outcome === 'timeout') yield* pause(limit > 0 ? limit : 130_000);
  const why = outcome === 'refused' ? 'Connection refused' : 'Connection timed out';
  if (isBusybox(process) && outcome === 'timeout' && limit > 0) return complain(process, 'timed out');
  if (isBusybox(process))
    return complain(process, options.has('v') || !options.has('z') ? `${host} (${ip}:${port}): ${why}` : '');
  return complain(process, options.has('v') ? `connect to ${host} (${ip}) port ${port} (tcp) failed: ${why}` : '');
}

function complain({ stderr }: Process, message: string): number {
  if (message !== '') stderr.write(`nc: ${message}\n`);
  return 1;
}
