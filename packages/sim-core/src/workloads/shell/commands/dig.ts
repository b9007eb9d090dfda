import { formatDate } from '../../calendar.ts';
import type { NameAnswer, NameRecord, QuestionType } from '../../name-server.ts';
import type { Process } from '../process.ts';
import { isAddress, reverseName } from './net.ts';

const TYPES: readonly string[] = Object.freeze(['A', 'AAAA', 'CNAME', 'SRV', 'PTR', 'TXT', 'SOA', 'NS']);

/** `dig [@server] name [type] [+short] [+search] [-x address]`. */
export function dig(process: Process): number {
  const { args, stdout, machine } = process;
  const { network } = machine.context;
  const plus = args.filter((arg) => arg.startsWith('+'));
  const words = args.filter((arg, i) => !/^[+@-]/.test(arg) && !/^-[xtp]$/.test(args[i - 1] ?? ''));
  const reverse = args[args.indexOf('-x') + 1];
  const isReverse = args.includes('-x') && reverse !== undefined && isAddress(reverse);
  const named = args.includes('-t')
    ? args[args.indexOf('-t') + 1]
    : words.find((word) => TYPES.includes(word.toUpperCase()));
  const type = (isReverse ? 'PTR' : (named?.toUpperCase() ?? 'A')) as QuestionType;
  const name = isReverse ? reverseName(reverse) : (words.find((word) => !TYPES.includes(word.toUpperCase())) ?? '.');
  const server = args.find((arg) => arg.startsWith('@'))?.slice(1);
  const at = server === undefined ? network.nameServer : machine.context.resolve(server);
  if (at === undefined) {
    stdout.write(`dig: couldn't get address for '${server}': not found\n`);
    return 10;
  }
  if (at !== network.nameServer) {
    stdout.write(
      `;; communications error to ${at}#53: timed out\n\n; <<>> DiG 9.18.33 <<>> ${args.join(' ')}\n;; global options: +cmd\n;; no servers could be reached\n`,
    );
    return 9;
  }
  const asked = plus.includes('+search') ? network.candidates(name) : [name];
  const answers = asked.map((each) => ({ each, answer: network.query(each, type) }));
  const { each, answer } =
    answers.find((found) => found.answer.answers.length > 0) ??
    (answers.at(-1) as { each: string; answer: NameAnswer });
  if (plus.includes('+short')) stdout.write(answer.answers.map((record) => `${dataText(record)}\n`).join(''));
  else stdout.write(longText(args, each, type, answer, at, machine.context.clock.now()));
  return 0;
}

function longText(
  args: readonly string[],
  name: string,
  type: string,
  answer: NameAnswer,
  at: string,
  now: number,
): string {
  const { rcode, answers, additionals } = answer;
  const question = `${name.replace(/\.$/, '')}.`;
  const section = (title: string, records: readonly NameRecord[]) =>
    records.length === 0 ? '' : `;; ${title} SECTION:\n${records.map(recordText).join('')}\n`;
  return `
; <<>> DiG 9.18.33 <<>> ${args.join(' ')}
;; global options: +cmd
;; Got answer:
;; ->>HEADER<<- opcode: QUERY, status: ${rcode}, id: 34221
;; flags: qr aa rd; QUERY: 1, ANSWER: ${answers.length}, AUTHORITY: 0, ADDITIONAL: ${additionals.length + 1}
;; WARNING: recursion requested but not available

;; OPT PSEUDOSECTION:
; EDNS: version: 0, flags:; udp: 1232
;; QUESTION SECTION:
;${question}\t\tIN\t${type}

${section('ANSWER', answers)}${section('ADDITIONAL', additionals)};; Query time: 0 msec
;; SERVER: ${at}#53(${at}) (UDP)
;; WHEN: ${formatDate(now)}
;; MSG SIZE  rcvd: ${60 + question.length * 2}

`;
}

function recordText(record: NameRecord): string {
  return `${record.name}.\t${record.ttl}\tIN\t${record.type}\t${dataText(record)}\n`;
}

function dataText({ type, data }: NameRecord): string {
  if (typeof data !== 'string') return `${data.priority} ${data.weight} ${data.port} ${data.target}.`;
  if (type === 'TXT') return `"${data}"`;
  return type === 'A' || type === 'AAAA' ? data : `${data}.`;
}
