import { Random } from '../../../../sim/random.ts';
import { MemoryClient } from '../memory-socket.ts';
import { answersIn } from './answers.ts';
import { differenceFrom, wrongAnswers } from './differences.ts';
import { drawInput, type Input } from './inputs.ts';
import { NodeReader } from './node-parser.ts';
import { OurReader } from './our-reader.ts';
import { PlainWayIn } from './plain-way-in.ts';
import { fuzzCluster, Watched } from './sandbox.ts';

/** An input after which something does not hold, and what. */
export interface Broken {
  readonly number: number;
  readonly input: string;
  readonly why: string;
}

/** Of more than these the rest is not collected. */
const MOST_BROKEN = 10;

/** Sends inputs, no two alike, to our reader and to node's. @param seed the same inputs for the same seed */
export async function readLikeNode(count: number, seed: string): Promise<Broken[]> {
  const [node, ours] = [new NodeReader(), new OurReader()];
  return eachInput(count, seed, async ({ text, pieces }) => {
    const reading = await ours.read(pieces);
    if (ours.errors.length > 0) return `an error was told: ${ours.errors.splice(0)}`;
    return wrongAnswers(reading) ?? differenceFrom(await node.read(pieces), reading, text);
  });
}

/** Sends inputs to the ingress controller of a cluster. @returns the statuses that came, too */
export async function askCluster(
  count: number,
  seed: string,
): Promise<{ broken: readonly Broken[]; statuses: readonly number[] }> {
  const watched = new Watched(fuzzCluster());
  const wayIn = new PlainWayIn(watched);
  const seen = new Set<number>();
  const broken = await eachInput(count, seed, async ({ pieces }) => {
    watched.forget();
    const client = new MemoryClient();
    wayIn.entrance.acceptPlain(client.server);
    await client.send(pieces);
    for (const { status } of answersIn(client.received, watched.served, client.closed)) seen.add(status);
    const why = wrongService(watched, client);
    client.destroy();
    await client.settled();
    return wayIn.errors.length > 0 ? `an error was told: ${wayIn.errors.splice(0)}` : why;
  });
  await wayIn.clients.endAll(1000);
  return { broken, statuses: [...seen].sort() };
}

/** What does not hold: one answer for each request. */
function wrongService({ served, pending }: Watched, { received, closed }: MemoryClient): string | undefined {
  const answers = answersIn(received, served, closed);
  const owed = served.length - pending;
  if (answers.some(({ length }) => length === undefined)) return 'an answer is cut short';
  return answers.length !== owed ? `${answers.length} answers, ${owed} owed` : undefined;
}

/** Draws inputs and collects what is found out about them. @param look what does not hold; it may throw */
export async function eachInput(
  count: number,
  seed: string,
  look: (input: Input) => Promise<string | undefined>,
): Promise<Broken[]> {
  const chance = new Random(seed).fork('http1');
  const broken: Broken[] = [];
  for (let number = 0; number < count && broken.length < MOST_BROKEN; number++) {
    const input = drawInput(chance);
    const why = await look(input).catch((error: Error) => String(error.stack));
    if (why !== undefined) broken.push({ number, input: JSON.stringify(input.text).slice(0, 3000), why });
  }
  return broken;
}
