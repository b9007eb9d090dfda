import type { Flags, FlagValues } from '../flags.ts';

/** Ports that are used when nothing else is said. */
export const DEFAULT_PORTS = Object.freeze({
  'http-port': 8080,
  'https-port': 8443,
  'ui-port': 8088,
  'api-port': 6443,
  'dns-port': 10053,
});

/** Port of the classroom when `--classroom` stands alone. */
const DEFAULT_CLASSROOM_PORT = 8090;

/** Flags of `run`. */
export const RUN_FLAGS = {
  'http-port': { type: 'port', default: 8080, help: 'port of the edge for http, 0: any free one' },
  'https-port': { type: 'port', default: 8443, help: 'port of the edge for https' },
  'ui-port': { type: 'port', default: 8088, help: 'port of the page and the control API' },
  'api-port': { type: 'port', default: 6443, help: 'port of the Kubernetes API' },
  'dns-port': { type: 'port', default: 10053, help: "port of the cluster's name server" },
  bind: {
    type: 'text',
    default: '127.0.0.1',
    value: 'ADDRESS',
    help: 'address of the edge; the page stays on this machine',
  },
  'public-url': { type: 'text', value: 'URL', help: 'where a browser reaches the page through a tunnel' },
  seed: { type: 'text', value: 'N', help: 'seed of all chance; the same seed gives the same run' },
  speed: { type: 'number', least: 0.01, most: 1000, value: 'X', help: 'cluster seconds in one second' },
  cloud: { type: 'text', oneOf: ['aws-nlb'], help: 'simulated cloud' },
  'cloud-delay': { type: 'duration', value: '3s', help: 'how long the cloud works on a load balancer' },
  addon: { type: 'list', oneOf: ['ingress-nginx'], help: 'starts an ingress controller, whatever the scenario says' },
  watch: { type: 'switch', help: 'applies every saved change that is valid' },
  name: { type: 'text', help: 'name for ps and stop' },
  another: { type: 'switch', help: 'starts beside a running sandbox, on free ports' },
  open: { type: 'switch', help: 'opens the page in a browser' },
  load: { type: 'switch', default: true, help: 'fires the load that the scenario asks for' },
  'trace-header': { type: 'switch', default: true, help: 'names each request in X-Sandbox-Request' },
  output: { type: 'text', oneOf: ['text', 'json'], default: 'text', help: 'how to print' },
  'api-http': { type: 'switch', help: 'the Kubernetes API over plain http, where everybody is the administrator' },
  'audit-log-path': {
    type: 'text',
    value: 'FILE',
    help: 'file for a line of JSON about every request to the Kubernetes API',
  },
  class: {
    type: 'text',
    value: 'DIR',
    help: 'folder of exported progress and results of grade --json, for the tab Class',
  },
  classroom: {
    type: 'port',
    bare: DEFAULT_CLASSROOM_PORT,
    value: '[PORT]',
    help: `a second page for a class, which only looks (${DEFAULT_CLASSROOM_PORT} without a number)`,
  },
} as const satisfies Flags;

/** Values of `run`'s flags. */
export type RunFlags = FlagValues<typeof RUN_FLAGS>;
