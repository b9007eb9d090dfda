import type { DaemonSet } from '../daemon-set.ts';

/** Where apps/v1 keeps what was spec.templateGeneration: how many templates there were (apps.DeprecatedTemplateGeneration). */
const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation';

/** Which template this is, counted from 1; 1 where nothing was counted. */
export function templateGenerationOf({ metadata }: DaemonSet): number {
  return Number.parseInt(metadata.annotations?.[TEMPLATE_GENERATION] ?? '', 10) || 1;
}

/** Writes which template it is (pkg/registry/apps/daemonset/strategy.go). */
export function countTemplates({ metadata }: DaemonSet, generation: number): void {
  metadata.annotations = { ...metadata.annotations, [TEMPLATE_GENERATION]: String(generation) };
}
