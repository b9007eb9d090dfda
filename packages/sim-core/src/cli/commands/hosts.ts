import type { Snapshot } from '../../wire.ts';
import type { Command } from '../command.ts';
import { callControl, findSandbox } from '../control-client.ts';
import { EXIT } from '../exit-codes.ts';
import { parseFlags } from '../flags.ts';

const FLAGS = { name: { type: 'text', help: 'which sandbox, by name or pid; the newest without it' } } as const;

export const hosts: Command = {
  name: 'hosts',
  usage: '',
  summary: 'Prints lines for /etc/hosts with every host name of a running sandbox.',
  flags: FLAGS,
  async run(argv, output) {
    const { flags } = parseFlags(FLAGS, argv);
    const { body } = await callControl<Snapshot>(findSandbox(flags.name), 'GET', '/api/v1/snapshot');
    for (const host of hostNames(body)) output.out(`127.0.0.1 ${host}`);
    return EXIT.ok;
  },
};

/** Host names of load balancers and rules; wildcards cannot stand in /etc/hosts. */
function hostNames({ objects }: Snapshot): string[] {
  const names = objects.flatMap((object) => {
    if (object.kind === 'LoadBalancer') return [object.hostname];
    return object.kind === 'Ingress' ? object.rules.map(({ host }) => host) : [];
  });
  return [
    ...new Set(names.filter((name) => name !== '' && name !== '_' && name !== '*' && !name.startsWith('*.'))),
  ].sort();
}
