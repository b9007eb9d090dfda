import type { Cluster } from '../../index.ts';

/** Address of a client somewhere outside (TEST-NET-3). */
const CLIENT = Object.freeze({ address: '203.0.113.7', port: 40_000 });

/** Sends GET requests as a client does, one after the other on a connection each; resolves to their statuses. */
export async function ask(cluster: Cluster, host: string, count = 1): Promise<number[]> {
  const statuses: number[] = [];
  for (let sent = 0; sent < count; sent++) {
    const connection = cluster.edge.connect({ host, servicePort: 80 }, CLIENT);
    if ('refused' in connection) throw new Error(connection.message);
    connection.http(
      { method: 'GET', url: '/', httpVersion: '1.1', headers: ['Host', host], remoteAddress: CLIENT.address },
      statusInto(statuses),
    );
    for (let turn = 0; turn < 200 && statuses.length <= sent; turn++) {
      await Promise.resolve();
      if (turn % 20 === 19) cluster.advance(10);
    }
    connection.close();
  }
  return statuses;
}

function statusInto(statuses: number[]) {
  let status = 0;
  const finish = () => void statuses.push(status);
  return {
    closed: false,
    writeHead: (answered: number) => {
      status = answered;
    },
    write: () => true,
    drained: async () => {},
    end: finish,
    destroy: finish,
    onClose: () => {},
  };
}
