import type { Clock } from '../sim/clock.ts';
import type { Random } from '../sim/random.ts';
import type { Fetch } from './fetch.ts';
import type { ImageReference } from './image-reference.ts';
import { noContainer } from './no-container.ts';
import type { ContainerContext, Program } from './program.ts';
import type { Workload } from './workload.ts';

/** What a program outside the cluster is started with. */
export interface OutsideParts {
  readonly programs: readonly Program[];
  readonly clock: Clock;
  readonly random: Random;
  /** How it asks others. */
  readonly fetch: Fetch;
  /** How it finds names. */
  resolve(name: string): string | undefined;
  notice(message: string): void;
}

/**
 * Starts a program on a host outside the cluster (the Scenario's `externalHosts`) and returns what listens on its port.
 * @throws Error when there is no program of that name
 */
export function startOutside(hostAndPort: string, programName: string, parts: OutsideParts): Workload {
  const program = parts.programs.find(({ name }) => name === programName);
  const known = () => parts.programs.map(({ name }) => name).join(', ');
  if (program === undefined)
    throw new Error(`externalHosts: ${hostAndPort}: no program "${programName}"; there are ${known()}`);
  const colon = hostAndPort.lastIndexOf(':');
  const port = Number(hostAndPort.slice(colon + 1));
  const workload = program.start(outsideContext(hostAndPort.slice(0, colon), port, program, parts)).listener(port);
  if (workload === undefined)
    throw new Error(`externalHosts: ${hostAndPort}: program "${programName}" listens on no port`);
  return withOrWithoutTls(workload);
}

/** Nobody says what a host outside speaks: it takes connections with TLS and without. */
function withOrWithoutTls(workload: Workload): Workload {
  return {
    certificate: '',
    http: (request, response) => workload.http?.(request, response) ?? response.destroy(),
  };
}

function outsideContext(
  host: string,
  port: number,
  { name }: Program,
  { clock, random, fetch, resolve, notice }: OutsideParts,
): ContainerContext {
  const image: ImageReference = { text: name, registry: 'docker.io', repository: `library/${name}`, tag: 'latest' };
  const container = { name, image: name, ports: [{ containerPort: port }] };
  return {
    ...noContainer(clock),
    pod: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: host, namespace: 'outside' },
      spec: { containers: [container] },
    },
    container,
    podIp: host,
    nodeName: 'outside the cluster',
    image,
    behaviour: { ports: [port], tls: [] },
    env: {},
    argv: [],
    clock,
    chance: random.fork(`outside/${host}:${port}`),
    fetch,
    resolve,
    log: () => {},
    notice,
    exit: () => {},
  };
}
