import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { available } from '../../../../../../test/support/tools.ts';
import { answersIn } from '../testing/fuzz/answers.ts';
import { oddInputs } from '../testing/fuzz/parts.ts';
import { PlainWayIn } from '../testing/fuzz/plain-way-in.ts';
import { fuzzCluster, Watched } from '../testing/fuzz/sandbox.ts';
import { MemoryClient } from '../testing/memory-socket.ts';
import { RealNginx } from '../testing/real-nginx.ts';

/* The same bytes, to a real nginx and to ours: the same statuses, and as many of them. */

/** Where we differ knowingly (docs/deviations.md). */
const DELIBERATE: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['CONNECT to nowhere', /^CONNECT /],
  ['a line feed alone', /(?:^|[^\r])\n/],
  ['a carriage return alone before a request', /^\r[^\n]/],
  ['a header line without a colon', /\r\nnocolon\r\n/],
  ['trailers that are no headers', /\r\n0\r\n(?!\r\n|[\w-]+: )/],
  ['trailers that are too long', /\r\n0\r\nX: t{9000}/],
];

function isDeliberate(text: string): boolean {
  return DELIBERATE.some(([, pattern]) => pattern.test(text));
}

describe.skipIf(!available('nginx'))('a real nginx', () => {
  const nginx = new RealNginx();
  const watched = new Watched(fuzzCluster());
  const wayIn = new PlainWayIn(watched);
  beforeAll(() => nginx.start());
  afterAll(() => nginx.stop());

  async function ours(text: string): Promise<string> {
    watched.forget();
    const client = new MemoryClient();
    wayIn.entrance.acceptPlain(client.server);
    await client.send([Buffer.from(text, 'latin1')]);
    const statuses = statusesIn(client.received, watched.served);
    client.destroy();
    await client.settled();
    return statuses;
  }

  function statusesIn(received: string, methods: readonly string[]): string {
    try {
      return answersIn(received, methods, true)
        .map(({ status }) => status)
        .join(' ');
    } catch {
      return 'no head';
    }
  }

  const answersTo = async (text: string) => {
    const mine = await ours(text);
    return [mine, statusesIn((await nginx.ask([text])).received, watched.served)];
  };

  test('answers odd requests as we do', async () => {
    for (const text of oddInputs().filter((each) => !isDeliberate(each))) {
      const [mine, theirs] = await answersTo(text);
      expect(mine, JSON.stringify(text).slice(0, 300)).toBe(theirs);
    }
  });

  test.each(DELIBERATE)('answers to what we refuse on purpose: %s', async (_what, pattern) => {
    const texts = oddInputs().filter((text) => pattern.test(text));
    const answers = [];
    for (const text of texts) answers.push(await answersTo(text));
    for (const [mine] of answers) expect(mine).toMatch(/^400$/);
    expect(answers.some(([mine, theirs]) => mine !== theirs)).toBe(true);
  });
});
