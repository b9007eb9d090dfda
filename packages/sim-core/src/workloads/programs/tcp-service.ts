import { globToRegExp } from '../image-pattern.ts';
import { type ImageReference, imageName } from '../image-reference.ts';
import type { ContainerContext, Program, RunningProgram } from '../program.ts';
import type { Duplex, Workload } from '../workload.ts';

/** Databases and brokers with the port that their protocol has by default. */
const PORTS: Readonly<Record<string, number>> = Object.freeze({
  '*/library/postgres': 5432,
  'docker.io/bitnami/postgresql': 5432,
  '*/library/mysql': 3306,
  '*/library/mariadb': 3306,
  '*/library/mongo': 27017,
  '*/library/redis': 6379,
  'docker.io/bitnami/redis': 6379,
  'docker.io/valkey/valkey': 6379,
  '*/library/memcached': 11211,
  '*/library/rabbitmq': 5672,
  '*/library/nats': 4222,
  '*/library/cassandra': 9042,
  '*/library/elasticsearch': 9200,
  '*/library/zookeeper': 2181,
  'docker.io/apache/kafka': 9092,
  'docker.io/bitnami/kafka': 9092,
  'docker.io/confluentinc/cp-kafka': 9092,
});

/** Databases and brokers: they take connections and speak no protocol, so that TCP probes and Services work. */
export const tcpService: Program = Object.freeze({ name: 'tcp', images: Object.freeze(Object.keys(PORTS)), start });

function start(context: ContainerContext): RunningProgram {
  const ports = context.behaviour.ports ?? defaultPorts(context.image);
  const open = new Set<Duplex>();
  const workload: Workload = { tcp: (connection) => hold(connection, open) };
  context.log(`ready to accept connections on port ${ports.join(', ')} (simulated: the protocol is not spoken)`);
  return {
    listener: (port) => (ports.includes(port) ? workload : undefined),
    stop: (done) => {
      hangUp(open);
      done();
    },
    kill: () => hangUp(open),
  };
}

function defaultPorts(image: ImageReference): number[] {
  const pattern = Object.keys(PORTS).find((glob) => globToRegExp(glob).test(imageName(image)));
  return pattern === undefined ? [] : [PORTS[pattern] as number];
}

/** Reads and says nothing until the other side goes. */
function hold(connection: Duplex, open: Set<Duplex>): void {
  open.add(connection);
  const finished = () => open.delete(connection);
  connection.readable.pipeTo(new WritableStream()).then(finished, finished);
}

function hangUp(open: Set<Duplex>): void {
  for (const { writable } of open) writable.abort('the program ended').catch(() => {});
  open.clear();
}
