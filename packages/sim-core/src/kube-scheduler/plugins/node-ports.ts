import type { FilterPlugin } from './filter.ts';

/** A port of the node can be taken once (plugins/nodeports). Host IPs are not told apart. */
export const nodePorts: FilterPlugin = Object.freeze({
  name: 'NodePorts',
  filter: ({ hostPorts }, node) => {
    if (!hostPorts.some((port) => node.isPortTaken(port))) return undefined;
    return { reasons: ["node(s) didn't have free ports for the requested pod ports"], unresolvable: false };
  },
} satisfies FilterPlugin);
