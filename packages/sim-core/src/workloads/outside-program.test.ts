import { expect, test } from 'vitest';
import { TestCluster } from '../kubelet/testing/test-cluster.ts';
import { Random } from '../sim/random.ts';
import { startOutside } from './outside-program.ts';
import { PROGRAMS } from './programs.ts';

test('a program on a host outside the cluster is reached by its name', async () => {
  const cluster = new TestCluster();
  const start = (host: string, program: string) =>
    startOutside(host, program, {
      programs: PROGRAMS,
      clock: cluster.clock,
      random: new Random(1),
      fetch: (url, options) => cluster.http.fetch({ ip: '203.0.113.1' }, url, options),
      notice: () => {},
    });
  cluster.externalHosts.add('api.example.com:8080', start('api.example.com:8080', 'httpbin'));
  const result = await cluster.http.fetch(
    { ip: '10.244.0.9', namespace: 'default' },
    'http://api.example.com:8080/status/202',
  );
  expect(result).toMatchObject({ status: 202 });
  expect(() => start('x.example.com:80', 'htpbin')).toThrow(
    'externalHosts: x.example.com:80: no program "htpbin"; there are nginx, httpd',
  );
  expect(() => start('x.example.com:80', 'agnhost')).not.toThrow();
});
