import type { Process } from '../process.ts';
import type { Run } from '../wait.ts';
import { parseOptions } from './options.ts';
import { readFiles } from './read-files.ts';

/** `base64 [-d]`. */
export function* base64(process: Process): Run {
  const { rest, has } = parseOptions(process.args, 'w', { decode: 'd' });
  const { texts, failed } = yield* readFiles(process, rest);
  const text = texts.map((each) => each.text).join('');
  if (failed) return 1;
  if (!has('d')) {
    const bytes = new TextEncoder().encode(text);
    const encoded = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    process.stdout.write(`${encoded.replace(/.{76}(?=.)/g, '$&\n')}\n`);
    return 0;
  }
  try {
    const bytes = Uint8Array.from(atob(text.replace(/\s/g, '')), (character) => character.charCodeAt(0));
    process.stdout.write(new TextDecoder().decode(bytes));
    return 0;
  } catch {
    process.stderr.write('base64: invalid input\n');
    return 1;
  }
}
