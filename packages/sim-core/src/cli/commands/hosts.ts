import type { Snapshot } from '../../wire.ts';
import type { Command } from '../command.ts';
import { ControlClient, findSandbox, SANDBOX_FLAG } from '../control-client.ts';
import { EXIT } from '../exit-codes.ts';
import { parseFlags } from '../flags.ts';

const FLAGS = { name: SANDBOX_FLAG } as const;

export const hosts: Command = {
  flags: FLAGS,
  examples: ['hosts', 'hosts | sudo tee -a /etc/hosts'],
  async run(argv, output) {
    const { flags } = parseFlags(FLAGS, argv);
    const sandbox = findSandbox(flags.name);
    const snapshot = await new ControlClient(sandbox).get<Snapshot>('/api/v1/snapshot');
    const names = hostNames(snapshot.objects);
    for (const name of names) output.out(`127.0.0.1 ${name}`);
    output.err(names.length === 0 ? 'no Ingress and no load balancer names a host yet' : portHint(sandbox.http));
    return EXIT.ok;
  },
};

/** Host names of load balancers and rules, sorted; wildcards cannot stand in /etc/hosts. */
export function hostNames(objects: Snapshot['objects']): string[] {
  const names = objects.flatMap((object) => {
    if (object.kind === 'LoadBalancer') return [object.hostname];
    return object.kind === 'Ingress' ? object.rules.map(({ host }) => host) : [];
  });
  return [...new Set(names.filter((name) => /^[a-z0-9.-]+$/i.test(name)))].sort();
}

/** /etc/hosts knows addresses, not ports. */
function portHint(http: string): string {
  const { port } = new URL(http);
  return `Put these lines into /etc/hosts (Windows: C:\\Windows\\System32\\drivers\\etc\\hosts), then ask http://<host>:${port}/`;
}
