import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VirtualClock } from '../sim/virtual-clock.ts';
import { AccessLog } from './access-log.ts';
import type { HttpRequest } from './workload.ts';

function request(url: string, headers: readonly string[] = []): HttpRequest {
  return { method: 'GET', url, httpVersion: '1.1', headers, remoteAddress: '10.0.0.9' };
}

test('the combined format, with the moment at which it was written', () => {
  const clock = new VirtualClock();
  const log = new AccessLog(clock);
  const line = log.line(request('/a?b', ['User-Agent', 'curl/8.0', 'Referer', 'http://x/']), 200, 12);
  clock.advanceTo(clock.now() + 61_000);
  const later = log.line(request('/a?b'), 404, 0);
  expect(String(line)).toBe(
    '10.0.0.9 - - [01/Jan/2026:00:00:00 +0000] "GET /a?b HTTP/1.1" 200 12 "http://x/" "curl/8.0"',
  );
  expect(String(later)).toBe('10.0.0.9 - - [01/Jan/2026:00:01:01 +0000] "GET /a?b HTTP/1.1" 404 0 "-" "-"');
});

test('lines that say the same are one object; every other says its own, whatever came before', () => {
  const written = fc.record({
    url: fc.constantFrom('/', '/x'),
    agent: fc.constantFrom('curl', 'wrk'),
    status: fc.constantFrom(200, 500),
    wait: fc.constantFrom(0, 0, 1000),
  });
  fc.assert(
    fc.property(fc.array(written), (requests) => {
      const clock = new VirtualClock();
      const log = new AccessLog(clock);
      const alone = (each: (typeof requests)[number]) =>
        new AccessLog(clock).line(request(each.url, ['user-agent', each.agent]), each.status, 5);
      let before: { line: object; text: string } | undefined;
      for (const each of requests) {
        clock.advanceTo(clock.now() + each.wait);
        const line = log.line(request(each.url, ['user-agent', each.agent]), each.status, 5);
        expect(String(line)).toBe(String(alone(each)));
        expect(line === before?.line).toBe(String(line) === before?.text);
        before = { line, text: String(line) };
      }
    }),
  );
});
