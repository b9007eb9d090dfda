import type { Regex } from '../../../apimachinery/regex/regex.ts';
import type { Executable } from '../process.ts';
import { filter } from './filter.ts';
import type { Options } from './options.ts';
import { regexOf } from './posix-regex.ts';

/** `sed` with `s`, `p` and `d`, optionally behind a line number or a /pattern/. */
export const sed: Executable = filter('e', edited, 1);

function edited(lines: string[], { has, values, rest }: Options): string[] {
  const commands = (values('e').length > 0 ? values('e') : [rest[0] ?? ''])
    .flatMap((text) => text.split(/;(?=\s*(?:[sdp]|\d|\/))/))
    .map(sedCommand);
  return lines.flatMap((line, index) => {
    let text: string | undefined = line;
    const printed: string[] = [];
    for (const command of commands) {
      if (text === undefined || !command.meets(text, index + 1)) continue;
      if (command.action === 'd') text = undefined;
      else if (command.action === 'p') printed.push(text);
      else text = command.replace(text);
    }
    return [...printed, ...(has('n') || text === undefined ? [] : [text])];
  });
}

interface SedCommand {
  readonly action: string;
  meets(line: string, number: number): boolean;
  replace(line: string): string;
}

function sedCommand(text: string): SedCommand {
  const [, from, to, pattern, action = '', rest = ''] =
    /^\s*(?:(\d+|\$)(?:,(\d+|\$))?|\/((?:[^/\\]|\\.)*)\/)?\s*([sdp]?)([\s\S]*)$/.exec(text) ?? [];
  const regex = pattern === undefined ? undefined : regexOf(pattern, false, '');
  const meets = (line: string, number: number) => {
    if (regex !== undefined) return regex.test(line);
    return (
      from === undefined ||
      (number >= Number(from) && number <= (to === '$' ? Number.POSITIVE_INFINITY : Number(to ?? from)))
    );
  };
  const [, , old = '', fresh = '', flags = ''] =
    /^([^\w\s])((?:\\.|(?!\1)[\s\S])*)\1((?:\\.|(?!\1)[\s\S])*)\1(\w*)$/.exec(rest) ?? [];
  const wanted =
    action === 's' ? regexOf(old, false, flags.includes('i') || flags.includes('I') ? 'i' : '') : undefined;
  return {
    action,
    meets,
    replace: (line) => (wanted === undefined ? line : replaceAll(line, wanted, fresh, flags.includes('g'))),
  };
}

function replaceAll(line: string, regex: Regex, fresh: string, all: boolean): string {
  let done = '';
  let rest = line;
  for (let count = 0; count < 10_000; count++) {
    const match = regex.exec(rest);
    const [found] = match ?? [];
    if (match === null || found === undefined) break;
    const at = rest.indexOf(found);
    done +=
      rest.slice(0, at) +
      fresh.replace(/\\(\d)|&|\\(.)/g, (whole, group?: string, character?: string) =>
        group !== undefined ? (match[Number(group)] ?? '') : (character ?? (whole === '&' ? found : whole)),
      );
    rest = rest.slice(at + found.length);
    if (!all || found === '') break;
  }
  return done + rest;
}
