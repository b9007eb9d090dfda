import type { NameAnswer, NameRecord, QuestionType } from '../../name-server.ts';
import type { ContainerContext } from '../../program.ts';
import type { Process } from '../process.ts';
import { isAddress, reverseName } from './net.ts';

/** nslookup: busybox's, its older one up to 1.28, or that of bind-utils where the image has it. */
export function nslookup(process: Process): number {
  const { args, machine } = process;
  const typed = args
    .map((arg) => /^-(?:type|querytype|q|t)=(\w+)$/i.exec(arg)?.[1]?.toUpperCase())
    .find((each) => each !== undefined);
  const [name, server] = args.filter((arg) => !arg.startsWith('-'));
  if (name === undefined) return usage(process);
  if (machine.tools.commands.has('dig')) return bind(process, name, server, typed as QuestionType | undefined);
  const { image } = machine.context;
  if (/^1\.(\d|1\d|2[0-8])(\D|$)/.test(image.tag) && image.repository.endsWith('busybox')) return old(process, name);
  return busybox(process, name, server, typed as QuestionType | undefined);
}

function usage({ stderr }: Process): number {
  stderr.write('BusyBox v1.37.0 multi-call binary.\n\nUsage: nslookup [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]\n');
  return 1;
}

/** networking/nslookup.c: names without a dot get every domain of the search list, others none. */
function busybox(
  { machine: { context }, stdout }: Process,
  name: string,
  server: string | undefined,
  typed: QuestionType | undefined,
): number {
  const { network } = context;
  if (!reaches(context, server, ':', stdout)) return 1;
  const types: readonly QuestionType[] = typed !== undefined ? [typed] : isAddress(name) ? ['PTR'] : ['A', 'AAAA'];
  const asked = isAddress(name)
    ? [reverseName(name)]
    : name.includes('.')
      ? [name]
      : network.candidates(name).filter((each) => each !== name);
  let found = false;
  for (const type of types) {
    for (const each of asked.length === 0 ? [name] : asked) {
      const answer = network.query(each, type);
      found ||= answer.answers.length > 0;
      stdout.write(
        answer.rcode === 'NOERROR'
          ? `${answer.answers.map(recordText).join('')}\n`
          : `** server can't find ${each}: ${answer.rcode}\n\n`,
      );
    }
  }
  return found ? 0 : 1;
}

/** Says which name server is asked, and whether it is there: the cluster's is the only one. */
function reaches(
  context: ContainerContext,
  server: string | undefined,
  sign: ':' | '#',
  stdout: Process['stdout'],
): boolean {
  const at = server === undefined ? context.network.nameServer : context.resolve(server);
  const isThere = at === context.network.nameServer;
  stdout.write(
    isThere
      ? `Server:\t\t${at}\nAddress:\t${at}${sign}53\n\n`
      : ';; connection timed out; no servers could be reached\n\n',
  );
  return isThere;
}

function recordText({ type, name, data }: NameRecord): string {
  if (type === 'A' || type === 'AAAA') return `Name:\t${name}\nAddress: ${data}\n`;
  if (typeof data !== 'string')
    return `${name}\tservice = ${data.priority} ${data.weight} ${data.port} ${data.target}\n`;
  if (type === 'TXT') return `${name}\ttext = "${data}"\n`;
  return `${name}\t${type === 'CNAME' ? 'canonical name' : type === 'NS' ? 'nameserver' : 'name'} = ${data}\n`;
}

/** busybox up to 1.28: asks the C library, search list included. */
function old({ machine: { context }, stdout, stderr }: Process, name: string): number {
  const { network } = context;
  const server = network.query(reverseName(network.nameServer), 'PTR').answers[0]?.data;
  stdout.write(
    `Server:    ${network.nameServer}\nAddress 1: ${network.nameServer}${typeof server === 'string' ? ` ${server}` : ''}\n\n`,
  );
  const address = context.resolve(name);
  if (address === undefined) {
    stderr.write(`nslookup: can't resolve '${name}'\n`);
    return 1;
  }
  const full = network.query(reverseName(address), 'PTR').answers[0]?.data;
  stdout.write(`Name:      ${name}\nAddress 1: ${address}${typeof full === 'string' ? ` ${full}` : ''}\n`);
  return 0;
}

/** bind-utils: tries the search list and tells of the last failure only. */
function bind(
  { machine: { context }, stdout }: Process,
  name: string,
  server: string | undefined,
  typed: QuestionType | undefined,
): number {
  const { network } = context;
  if (!reaches(context, server, '#', stdout)) return 1;
  const type = typed ?? (isAddress(name) ? 'PTR' : 'A');
  const names = isAddress(name) ? [reverseName(name)] : network.candidates(name);
  let answer: NameAnswer | undefined;
  for (const each of names) {
    answer = network.query(each, type);
    if (answer.rcode === 'NOERROR' && answer.answers.length > 0) {
      stdout.write(`${answer.answers.map(recordText).join('')}\n`);
      return 0;
    }
  }
  if (answer?.rcode === 'NOERROR') stdout.write(`*** Can't find ${name}: No answer\n\n`);
  else stdout.write(`** server can't find ${names.at(-1)}: NXDOMAIN\n\n`);
  return 1;
}
