import type { Process } from '../process.ts';

/** `netstat -tln`: what the pod listens on. */
export function netstat({ machine, stdout }: Process): number {
  const isBusybox = machine.tools.userland === 'busybox';
  stdout.write('Active Internet connections (only servers)\n');
  stdout.write(
    isBusybox
      ? 'Proto Recv-Q Send-Q Local Address           Foreign Address         State       \n'
      : 'Proto Recv-Q Send-Q Local Address           Foreign Address         State      \n',
  );
  for (const port of machine.context.network.listening())
    stdout.write(`tcp        0      0 ${`0.0.0.0:${port}`.padEnd(23)} ${'0.0.0.0:*'.padEnd(23)} LISTEN      \n`);
  return 0;
}

/** `ss -tln`. */
export function ss({ machine, stdout }: Process): number {
  stdout.write('State     Recv-Q    Send-Q       Local Address:Port        Peer Address:Port    Process    \n');
  for (const port of machine.context.network.listening())
    stdout.write(
      `LISTEN    0         511                0.0.0.0:${String(port).padEnd(14)} 0.0.0.0:*                  \n`,
    );
  return 0;
}
