import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT, type Workspace } from './workspace.ts';

/** The exercise that classes are played with, and the weight of its first variant. */
export const EXERCISE = join(PROJECT, 'scenarios', 'canary-weight');
const WEIGHT = '5';

/** The reference solution's files, for the first variant. */
export function solution(): Record<string, string> {
  const folder = join(EXERCISE, 'solution');
  const files = readdirSync(folder).map((name) => [
    name,
    readFileSync(join(folder, name), 'utf8').replaceAll('$weight', WEIGHT),
  ]);
  return Object.fromEntries(files);
}

/** The solution with names of a student's own: everything that is called after the frontend is called otherwise. */
export function renamed(name: string): Record<string, string> {
  const files = Object.entries(solution()).map(([file, text]) => [
    file,
    text.replace(/(?<!: |\/)netflix-frontend(?!:\d)/g, name).replace(/(name|app): netflix-frontend/g, `$1: ${name}`),
  ]);
  return Object.fromEntries(files);
}

/** What students get wrong: a name, and what it does to the text of all files. */
export const MISTAKES: readonly (readonly [name: string, change: (text: string) => string])[] = [
  ['weight-50', (text) => text.replace(/canary-weight: "\d+"/, 'canary-weight: "50"')],
  ['no-weight', (text) => text.replace(/^.*canary-weight:.*\n/m, '')],
  ['no-canary', (text) => text.replace(/^.*\/canary: .*\n/m, '')],
  ['unquoted', (text) => text.replace(/canary-weight: "(\d+)"/, 'canary-weight: $1')],
  ['other-host', (text) => text.replace(/host: \S+/, 'host: elsewhere.example')],
  ['syntax', (text) => text.replace('spec:', 'spec')],
  ['selector', (text) => text.replace(/selector:\n(\s+)app: \S+/, 'selector:\n$1app: nobody')],
  ['only-half', (text) => text.split('---').slice(0, 2).join('---')],
];

/** Writes one submission. */
export function handIn(workspace: Workspace, student: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) workspace.write(join('submissions', student, name), text);
}

/** A class of renamed and broken solutions, every one different. */
export function handInClass(workspace: Workspace, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const student = `student-${String(index).padStart(3, '0')}`;
    const [, change] =
      index % 2 === 0 ? ['', (text: string) => text] : (MISTAKES[(index >> 1) % MISTAKES.length] ?? ['', String]);
    const files = Object.entries(renamed(`app${index}`)).map(([name, text]) => [
      name,
      /canary/.test(name) ? change(text) : text,
    ]);
    handIn(workspace, student, Object.fromEntries(files));
    return student;
  });
}
