import { answersIn, HEADLESS } from './answers.ts';
import type { NodeReading, Seen } from './node-parser.ts';
import type { OurReading } from './our-reader.ts';

/** What nginx takes and node does not: blanks behind the size of a chunk, and any trailer. */
const BLANK_AFTER_SIZE = /[\da-f][ \t]+(;|\r\n)/i;
const LENGTH_AS_TRAILER = "Content-Length can't be present with Transfer-Encoding";

/** What does not hold of our reading beside node's; undefined: everything does. */
export function differenceFrom(node: NodeReading, ours: OurReading, text: string): string | undefined {
  const both = Math.min(node.seen.length, ours.seen.length);
  for (let i = 0; i < both; i++) {
    const [theirs, mine] = [node.seen[i] as Seen, ours.seen[i] as Seen];
    // Behind such a line nothing counts, for nginx.
    if (mine.version === '0.9') return ours.closed ? undefined : 'HTTP/0.9 that goes on';
    const head = headDifference(theirs, mine);
    if (head !== undefined) return head;
    if (theirs.left === true) return undefined;
    if (theirs.body !== mine.body) return bodyDifference(node, ours, { theirs, mine }, text);
    if (mine.body === undefined) return undefined;
  }
  // Node closes sooner, and after a refusal it sees nothing more: then nothing is to be compared.
  const next = ours.seen[both];
  const isAhead = next !== undefined && next.version !== '0.9' && node.refused === undefined && !node.closed;
  if (isAhead) return 'served what node waits for';
  if (node.seen.length > both && ours.refused === undefined && !ours.closed) return 'waits for what node served';
  return undefined;
}

/** Of the form that proxies are asked in, the host goes where Host stood. */
function headDifference(theirs: Seen, mine: Seen): string | undefined {
  if (/^https?:/i.test(theirs.url)) return undefined;
  const [a, b] = [theirs, mine].map(({ method, url, version, headers }) =>
    JSON.stringify([method, url, version, headers]),
  );
  return a === b ? undefined : `another head: node ${a}, ours ${b}`;
}

/** The bodies differ: that is fine where one of the two refused it. */
function bodyDifference(
  node: NodeReading,
  ours: OurReading,
  { theirs, mine }: { theirs: Seen; mine: Seen },
  text: string,
): string | undefined {
  if (mine.body === undefined) return ours.closed ? undefined : 'waits for a body that node has';
  const isLax = node.refused === LENGTH_AS_TRAILER || (node.refused !== undefined && BLANK_AFTER_SIZE.test(text));
  if (theirs.body === undefined && (isLax || node.closed)) return undefined;
  return `another body: node ${JSON.stringify(theirs.body)} (${node.refused}), ours ${JSON.stringify(mine.body)}`;
}

/** What does not hold of our answers: one for each request and for what is none, and nothing after the last one. */
export function wrongAnswers({ seen, refused, received, closed }: OurReading): string | undefined {
  const answered = seen.filter(({ body }) => body !== undefined || closed);
  const owed = answered.length + (refused === undefined ? 0 : 1);
  const methods = seen.map(({ method, version }) => (version === '0.9' ? HEADLESS : method));
  const answers = answersIn(received, methods, closed);
  if (answers.some(({ length }) => length === undefined)) return 'an answer is cut short';
  if (answers.length !== owed) return `${answers.length} answers, ${owed} owed`;
  const last = answers.findIndex(({ headers }) => headers.get('connection') === 'close');
  if (last >= 0 && last !== answers.length - 1) return 'an answer after the last one';
  return last >= 0 && !closed ? 'not closed after the last answer' : undefined;
}
