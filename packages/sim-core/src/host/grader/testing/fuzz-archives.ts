import { buffer } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';
import seedrandom from 'seedrandom';
import { ZipFile } from 'yazl';
import { SUBMISSION_LIMITS } from '../../../grader/intake/limits.ts';
import { takeIn } from '../../../grader/intake/take-in.ts';
import { readSubmittedBytes } from '../read-submitted.ts';

/** How many archives were read, and how many refused in words. */
export interface FuzzCount {
  readonly read: number;
  readonly refused: number;
}

const YAML =
  'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { selector: { app: &a web, b: *a }, ports: [{ port: 80 }] }\n';
const FILES: Readonly<Record<string, string>> = {
  'repo/k8s/web.yaml': YAML,
  'repo/README.md': '# hi\n',
  'repo/k8s/more.json': '{"kind":"List","items":[]}',
};
/** Small, so that mutations run into them. */
const LIMITS = { ...SUBMISSION_LIMITS, entries: 50, totalBytes: 20_000, unpackedBytes: 200_000 };

/** Numbers and names that archive readers have stumbled over. */
const TOKENS = [
  '\xff\xff\xff\xff',
  '\x00\x00\x00\x00',
  '../../',
  '/',
  'PK\x03\x04',
  'PK\x01\x02',
  '\x1f\x8b',
  'ustar',
  '\x80\x00\x00\x00',
  '&a [*a,*a]',
  '---\n',
  '{{',
  '\u0000',
];

/** Reads mutated zip, tar and tar.gz archives: cut, flipped, overwritten, spliced. @throws whatever the reader throws */
export async function fuzzArchives(count: number, seed: number): Promise<FuzzCount> {
  const random = seedrandom(String(seed));
  const originals = await archives();
  let [read, refused] = [0, 0];
  for (let done = 0; done < count; done++) {
    const original = originals[done % originals.length] as Buffer;
    const mutated = mutate(original, random);
    const intake = takeIn(await readSubmittedBytes('fuzz', 'fuzz', mutated, LIMITS), { limits: LIMITS });
    if (intake.refused === undefined) read++;
    else if (intake.refused.length > 10) refused++;
  }
  return { read, refused };
}

async function archives(): Promise<Buffer[]> {
  const zip = new ZipFile();
  for (const [path, text] of Object.entries(FILES))
    zip.addBuffer(Buffer.from(text), path, { compress: path.endsWith('yaml') });
  zip.end();
  const tar = Buffer.from(
    await packTar(Object.entries(FILES).map(([name, body]) => ({ header: { name, size: body.length }, body }))),
  );
  return [await buffer(zip.outputStream), tar, gzipSync(tar), Buffer.from(YAML)];
}

function mutate(original: Buffer, random: () => number): Buffer {
  // What is inside of a tar.gz is mutated as often as the gzip around it.
  if (original[0] === 0x1f && random() < 0.5) return gzipSync(mutate(gunzipSync(original), random));
  let bytes: Buffer = Buffer.from(original);
  const below = (limit: number) => Math.floor(random() * limit);
  for (let change = 0; change <= below(4); change++) {
    const at = below(bytes.byteLength);
    switch (below(5)) {
      case 0:
        bytes = Buffer.from(bytes.subarray(0, at));
        break;
      case 1:
        if (at < bytes.byteLength) bytes[at] = below(256);
        break;
      case 2: {
        const token = Buffer.from(TOKENS[below(TOKENS.length)] as string, 'latin1');
        token.copy(bytes, at, 0, Math.max(0, bytes.byteLength - at));
        break;
      }
      case 3:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(below(bytes.byteLength))]);
        break;
      default:
        if (at + 4 <= bytes.byteLength) bytes.writeUInt32LE(below(2 ** 32), at);
    }
  }
  return bytes;
}
