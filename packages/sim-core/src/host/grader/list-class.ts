import { type Dirent, existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { RosterStudent } from '../../grader/class/roster.ts';
import { printable } from '../../grader/printable.ts';
import type { Task } from './task.ts';

/** Endings of archives, the longest first. */
const ARCHIVE = /\.(tar\.gz|tgz|tar|zip)$/i;
const MANIFEST = /\.(ya?ml|json)$/i;

/** What lies in a folder of submissions: one task each, by name. */
export function tasksIn(folder: string): Task[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(isSubmission)
    .map(({ name }) => taskOf(join(folder, name)))
    .sort(byId);
}

/** A submission that was named itself. */
export function taskOf(path: string): Task {
  const name = basename(resolve(path));
  return { id: printable(name.replace(ARCHIVE, '').replace(MANIFEST, '')) || name, path };
}

/**
 * Every student of a roster with what was handed in: the path that the roster names, or what in the folder is called by the id,
 * alone or followed by more (`alice_12345_assignsubmission_file`, as Moodle calls it).
 */
export function tasksOf(students: readonly RosterStudent[], roster: string, folder: string | undefined): Task[] {
  const found = folder === undefined ? [] : tasksIn(folder);
  return students.map(({ id, name, submission }): Task => {
    const path = submission === '' ? matching(id, name, found) : named(submission, roster, folder);
    return { id, ...(name !== '' && { name }), ...(path !== undefined && { path }) };
  });
}

/** Submissions that belong to nobody on the roster. */
export function strangers(tasks: readonly Task[], folder: string): string[] {
  const taken = new Set(tasks.map(({ path }) => path));
  return tasksIn(folder).flatMap(({ path = '' }) => (taken.has(path) ? [] : [path]));
}

/** Ids that stand twice (`alice` and `alice.zip`) get their whole names, so that none hides another. */
export function distinct(tasks: readonly Task[]): Task[] {
  const counts = new Map<string, number>();
  for (const { id } of tasks) counts.set(id, (counts.get(id) ?? 0) + 1);
  const seen = new Set<string>();
  return tasks.map((task) => {
    const whole = (counts.get(task.id) ?? 0) > 1 && task.path !== undefined ? basename(resolve(task.path)) : task.id;
    let id = whole;
    for (let number = 2; seen.has(id); number++) id = `${whole}-${number}`;
    seen.add(id);
    return { ...task, id };
  });
}

/** Why a folder is a class and not one submission; undefined when it is one submission. */
export function classReason(folder: string): string | undefined {
  if (!statSync(folder).isDirectory()) return undefined;
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !name.startsWith('.'));
  const archives = entries.filter((entry) => entry.isFile() && ARCHIVE.test(entry.name)).length;
  const folders = entries.filter((entry) => entry.isDirectory() && entry.name !== '__MACOSX');
  const files = entries.filter((entry) => entry.isFile() && !ARCHIVE.test(entry.name));
  if (files.some(({ name }) => MANIFEST.test(name) || PROJECT.test(name))) return undefined;
  if (folders.some(({ name }) => PART.test(name))) return undefined;
  const members = archives + folders.length;
  return members >= 2
    ? `it holds ${members} ${archives === 0 ? 'folders' : 'folders and archives'} and no manifest of its own`
    : undefined;
}

/** Files of one project, and what folders of one are called. */
const PROJECT = /^(readme.*|dockerfile.*|makefile|package\.json|.*\.(tf|go|py|js|ts|java))$/i;
const PART =
  /^(k8s|kubernetes|manifests?|deploy(ments?)?|base|overlays?|charts?|templates|src|app|docs?|services?|ingress(es)?)$/i;

function isSubmission(entry: Dirent): boolean {
  return (
    !entry.name.startsWith('.') &&
    entry.name !== '__MACOSX' &&
    (entry.isDirectory() || ARCHIVE.test(entry.name) || MANIFEST.test(entry.name))
  );
}

function matching(id: string, name: string, found: readonly Task[]): string | undefined {
  const wanted = [id, id.split('@')[0] ?? id, name].filter((each) => each !== '').map(fold);
  const exact = found.find((task) => wanted.includes(fold(task.id)));
  if (exact !== undefined) return exact.path;
  const [only, ...others] = found.filter((task) =>
    wanted.some((each) => new RegExp(`^${escaped(each)}[^\\p{L}\\p{N}]`, 'u').test(fold(task.id))),
  );
  return others.length === 0 ? only?.path : undefined;
}

function named(submission: string, roster: string, folder: string | undefined): string | undefined {
  const places = [...(folder === undefined ? [] : [join(folder, submission)]), resolve(dirname(roster), submission)];
  return places.find((path) => existsSync(path));
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function byId(a: Task, b: Task): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
