import type { Process } from '../process.ts';
import { pause, type Run } from '../wait.ts';
import { type Options, parseOptions } from './options.ts';
import { isBusybox } from './userland.ts';

/** `ping [-c count] [-W seconds] [-w seconds] host`: pods and nodes answer, Services do not. */
export function* ping(process: Process): Run {
  const options = parseOptions(process.args, 'cWwiIst');
  const [host] = options.rest;
  const isBusyboxPing = !process.machine.tools.commands.has('dig') && isBusybox(process);
  if (host === undefined) {
    process.stderr.write('ping: usage error: Destination address required\n');
    return isBusyboxPing ? 1 : 2;
  }
  const ip = process.machine.context.resolve(host);
  if (ip === undefined) {
    process.stderr.write(
      isBusyboxPing ? `ping: bad address '${host}'\n` : `ping: ${host}: Name or service not known\n`,
    );
    return isBusyboxPing ? 1 : 2;
  }
  const counted = { sent: 0, received: 0 };
  process.stdout.write(
    isBusyboxPing ? `PING ${host} (${ip}): 56 data bytes\n` : `PING ${host} (${ip}) 56(84) bytes of data.\n`,
  );
  try {
    yield* send(process, ip, options, isBusyboxPing, counted);
  } finally {
    // Ctrl-C too ends with the summary.
    process.stdout.write(summary(host, counted, isBusyboxPing));
  }
  return counted.received > 0 ? 0 : 1;
}

function* send(
  { machine, stdout, group }: Process,
  ip: string,
  options: Options,
  isBusyboxPing: boolean,
  counted: { sent: number; received: number },
): Run {
  const count = Number(options.value('c') ?? Number.POSITIVE_INFINITY);
  const deadline = group.clock.now() + Number(options.value('w') ?? Number.POSITIVE_INFINITY) * 1000;
  const interval = Math.max(200, Number(options.value('i') ?? 1) * 1000 || 1000);
  while (counted.sent < count && group.clock.now() < deadline) {
    const answers = machine.context.network.ping(ip);
    const number = isBusyboxPing ? counted.sent : counted.sent + 1;
    counted.sent++;
    if (answers) {
      counted.received++;
      stdout.write(
        isBusyboxPing
          ? `64 bytes from ${ip}: seq=${number} ttl=63 time=0.086 ms\n`
          : `64 bytes from ${ip}: icmp_seq=${number} ttl=63 time=0.086 ms\n`,
      );
    }
    if (counted.sent < count) yield* pause(interval);
    else if (!answers) yield* pause(Number(options.value('W') ?? 10) * 1000);
  }
  return 0;
}

function summary(host: string, { sent, received }: { sent: number; received: number }, isBusyboxPing: boolean): string {
  const loss = sent === 0 ? 0 : Math.round(((sent - received) / sent) * 100);
  const head = `\n--- ${host} ping statistics ---\n`;
  if (isBusyboxPing) {
    const times = received > 0 ? 'round-trip min/avg/max = 0.086/0.086/0.086 ms\n' : '';
    return `${head}${sent} packets transmitted, ${received} packets received, ${loss}% packet loss\n${times}`;
  }
  const times = received > 0 ? 'rtt min/avg/max/mdev = 0.086/0.086/0.086/0.000 ms\n' : '\n';
  return `${head}${sent} packets transmitted, ${received} received, ${loss}% packet loss, time ${Math.max(0, sent - 1) * 1000}ms\n${times}`;
}
