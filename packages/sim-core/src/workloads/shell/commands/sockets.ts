import type { Executable, Process } from '../process.ts';
import { pause, type Run } from '../wait.ts';
import { parseOptions } from './options.ts';

/** `nc -z [-v] [-w seconds] host port`: whether somebody listens. */
function* nc(process: Process): Run {
  const options = parseOptions(process.args, 'wpsi');
  const [host = '', port = ''] = options.rest;
  if (options.has('l')) yield* pause(Number.POSITIVE_INFINITY);
  const ip = process.machine.context.resolve(host);
  const isBusybox = process.machine.tools.userland === 'busybox';
  if (ip === undefined)
    return complain(
      process,
      isBusybox ? `bad address '${host}'` : `getaddrinfo for host "${host}" port ${port}: Name or service not known`,
    );
  const [first = 0, last = first] = port.split('-').map(Number);
  let status = 0;
  for (let at = first; at <= last && at - first < 1000; at++)
    status = Math.max(status, yield* connect(process, host, ip, at, options));
  return status;
}

function* connect(
  process: Process,
  host: string,
  ip: string,
  port: number,
  options: ReturnType<typeof parseOptions>,
): Run {
  const isBusybox = process.machine.tools.userland === 'busybox';
  const outcome = process.machine.context.network.dial(ip, port);
  if (outcome === 'open') {
    if (options.has('v'))
      process.stderr.write(
        isBusybox
          ? `${host} (${ip}:${port}) open\n`
          : `Connection to ${host} (${ip}) ${port} port [tcp/*] succeeded!\n`,
      );
    return 0;
  }
  const limit = Number(options.value('w') ?? 0) * 1000;
  if (outcome === 'timeout') yield* pause(limit > 0 ? limit : 130_000);
  const why = outcome === 'refused' ? 'Connection refused' : 'Connection timed out';
  if (isBusybox && outcome === 'timeout' && limit > 0) return complain(process, 'timed out');
  if (isBusybox)
    return complain(process, options.has('v') || !options.has('z') ? `${host} (${ip}:${port}): ${why}` : '');
  return complain(process, options.has('v') ? `connect to ${host} (${ip}) port ${port} (tcp) failed: ${why}` : '');
}

function complain({ stderr }: Process, message: string): number {
  if (message !== '') stderr.write(`nc: ${message}\n`);
  return 1;
}

/** `netstat -tln`: what the pod listens on. */
function netstat({ machine, stdout }: Process): number {
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
function ss({ machine, stdout }: Process): number {
  stdout.write('State     Recv-Q    Send-Q       Local Address:Port        Peer Address:Port    Process    \n');
  for (const port of machine.context.network.listening())
    stdout.write(
      `LISTEN    0         511                0.0.0.0:${String(port).padEnd(14)} 0.0.0.0:*                  \n`,
    );
  return 0;
}

/** `ip addr`, `ip route`, `ip link`. */
function ip({ args, machine: { context }, stdout }: Process): number {
  const what = args.find((arg) => !arg.startsWith('-')) ?? '';
  if (what.startsWith('r')) {
    const gateway = context.podIp.replace(/\.\d+$/, '.1');
    stdout.write(
      `default via ${gateway} dev eth0 \n${context.podIp.replace(/\.\d+$/, '.0')}/24 dev eth0 proto kernel scope link src ${context.podIp} \n`,
    );
    return 0;
  }
  const withAddresses = !what.startsWith('l');
  const lo =
    '1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN qlen 1000\n    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n';
  const eth = `2: eth0@if7: <BROADCAST,MULTICAST,UP,LOWER_UP,M-DOWN> mtu 1500 qdisc noqueue state UP qlen 1000\n    link/ether ${macOf(context.podIp)} brd ff:ff:ff:ff:ff:ff\n`;
  const local = '    inet 127.0.0.1/8 scope host lo\n       valid_lft forever preferred_lft forever\n';
  const own = `    inet ${context.podIp}/24 brd ${context.podIp.replace(/\.\d+$/, '.255')} scope global eth0\n       valid_lft forever preferred_lft forever\n`;
  stdout.write(`${lo}${withAddresses ? local : ''}${eth}${withAddresses ? own : ''}`);
  return 0;
}

function ifconfig({ machine: { context }, stdout }: Process): number {
  stdout.write(`eth0      Link encap:Ethernet  HWaddr ${macOf(context.podIp).toUpperCase()}  
          inet addr:${context.podIp}  Bcast:${context.podIp.replace(/\.\d+$/, '.255')}  Mask:255.255.255.0
          UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1

lo        Link encap:Local Loopback  
          inet addr:127.0.0.1  Mask:255.0.0.0
          UP LOOPBACK RUNNING  MTU:65536  Metric:1

`);
  return 0;
}

/** `0a:58:0a:f4:01:05`: as the bridge plugin derives it from the address. */
function macOf(address: string): string {
  const bytes = address.split('.').map((part) => Number(part).toString(16).padStart(2, '0'));
  return `0a:58:${bytes.join(':')}`;
}

/** Commands about sockets and addresses. */
export const SOCKET_COMMANDS: Readonly<Record<string, Executable>> = Object.freeze({ ifconfig, ip, nc, netstat, ss });
