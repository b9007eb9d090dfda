import type { Process } from '../process.ts';

/** `ip addr`, `ip route`, `ip link`. */
export function ip({ args, machine: { context }, stdout }: Process): number {
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

/** `ifconfig`. */
export function ifconfig({ machine: { context }, stdout }: Process): number {
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
