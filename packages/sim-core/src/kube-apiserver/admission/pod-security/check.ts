import type { Container, Pod } from '../../../api/core-v1/pod.ts';

/** A pod as the checks see it. */
export type Checked = Pick<Pod, 'spec'> & { readonly metadata?: { annotations?: Record<string, string> } };

/** What a check says against a pod: the reason in short, and which part of it. */
export interface Forbidden {
  readonly reason: string;
  readonly detail: string;
}

/** One control of the Pod Security Standards; undefined: nothing to say. */
export type Check = (pod: Checked) => Forbidden | undefined;

/** Every container of a pod, in the order in which upstream visits them (visitContainers). */
export function containersOf({ spec }: Checked): Container[] {
  return [...(spec.initContainers ?? []), ...spec.containers, ...(spec.ephemeralContainers ?? [])];
}

/** `container "a"`, `containers "a", "b"`, of those that `bad` holds for; undefined: none. */
export function namedContainers(pod: Checked, bad: (container: Container) => boolean): string | undefined {
  const names = containersOf(pod)
    .filter(bad)
    .map(({ name }) => name);
  return names.length === 0 ? undefined : `${plural('container', names)} ${quoted(names)}`;
}

/** The word, with an s for more than one. */
export function plural(word: string, of: readonly unknown[]): string {
  return of.length === 1 ? word : `${word}s`;
}

/** `"a", "b"` */
export function quoted(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ');
}

/** A forbidden of what was found, each part once; undefined when nothing was. */
export function forbids(
  reason: string,
  parts: readonly (string | undefined)[],
  separator = '; ',
): Forbidden | undefined {
  const found = parts.filter((part) => part !== undefined);
  return found.length === 0 ? undefined : { reason, detail: found.join(separator) };
}

/** Whether the pod says that it runs on Windows, where some controls mean nothing. */
export function isWindows({ spec }: Checked): boolean {
  return spec.os?.name === 'windows';
}
