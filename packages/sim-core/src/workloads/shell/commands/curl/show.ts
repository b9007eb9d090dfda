import { resolvePath } from '../../../files/path.ts';
import { reasonPhrase } from '../../../http-answer.ts';
import { canonicalHeader } from '../../../request.ts';
import type { Process } from '../../process.ts';
import type { Answer, Transfer } from './transfer.ts';

/** Status line and headers, with a blank line behind. */
export function headText({ status, headers }: Pick<Answer, 'status' | 'headers'>): string {
  const lines = [`HTTP/1.1 ${status} ${reasonPhrase(status)}`];
  for (let i = 0; i < headers.length; i += 2) lines.push(`${canonicalHeader(headers[i] as string)}: ${headers[i + 1]}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** Head and body go where they are wanted. */
export function show({ process, options, output }: Transfer, answer: Answer): void {
  const head = options.has('i') || options.has('I') ? headText(answer) : '';
  const text = head + (options.has('I') ? '' : answer.body);
  const dump = options.value('D');
  if (dump !== undefined) write(process, dump, headText(answer));
  write(process, output ?? '-', text);
}

function write({ stdout, machine, cwd }: Process, file: string, text: string): void {
  if (file === '-' || file === '/dev/stdout') stdout.write(text);
  else if (file !== '/dev/null') machine.files.write(resolvePath(cwd, file), text);
}
