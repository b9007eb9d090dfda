import { expect, test } from 'vitest';
import { TestCluster } from '../kubelet/testing/test-cluster.ts';
import { Random } from '../sim/random.ts';
import { type FetchResult, fetchTarget } from './fetch.ts';
import { startOutside } from './outside-program.ts';
import { PROGRAMS } from './programs.ts';

test('a program on a host outside the cluster is reached by its name', () => {
  const cluster = new TestCluster();
  const start = (host: string, program: string) =>
    startOutside(host, program, {
      programs: PROGRAMS,
      clock: cluster.clock,
      random: new Random(1),
      fetch: (target, options, done) => cluster.http.fetch({ ip: '203.0.113.1' }, target, options, done),
      resolve: (name) => cluster.externalHosts.resolve(name),
      notice: () => {},
    });
  cluster.externalHosts.add('api.example.com:8080', start('api.example.com:8080', 'httpbin'));
  const answers: FetchResult[] = [];
  const from = { ip: '10.244.0.9', namespace: 'default' };
  const target = fetchTarget(new URL('http://api.example.com:8080/status/202'));
  cluster.http.fetch(from, target, {}, (result) => answers.push(result));
  expect(answers).toMatchObject([{ status: 202 }]);
  expect(() => start('x.example.com:80', 'htpbin')).toThrow(
    'externalHosts: x.example.com:80: no program "htpbin"; there are nginx, httpd',
  );
  expect(() => start('x.example.com:80', 'agnhost')).not.toThrow();
});
