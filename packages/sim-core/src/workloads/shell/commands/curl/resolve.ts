import type { Transfer } from './transfer.ts';

/** The address that a name leads to, --resolve and --connect-to included. */
export function addressOf({ options, process }: Transfer, name: string, port: number): string | undefined {
  for (const entry of options.values('resolve')) {
    const [host, at, address] = entry.replace(/^\+/, '').split(':');
    if ((host === name || host === '*') && Number(at) === port) return address;
  }
  for (const entry of options.values('connect-to')) {
    const [host, at, other] = entry.split(':');
    if ((host === '' || host === name) && (at === '' || Number(at) === port) && other)
      return process.machine.context.resolve(other);
  }
  return process.machine.context.resolve(name);
}
