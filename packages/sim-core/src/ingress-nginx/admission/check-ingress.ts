import type { Ingress } from '../../api/networking-v1/ingress.ts';
import { ANNOTATION_PREFIX } from '../annotations/define-annotation.ts';
import type { ControllerSettings } from '../config-map/keys.ts';
import type { Flags } from '../flags.ts';
import type { Klog } from '../klog.ts';
import type { ModelBuilder } from '../model-builder.ts';
import { extractionFailure } from './extraction.ts';
import { deepInspect, invalidPaths, pathComplaint } from './inspector.ts';
import { overlap } from './overlap.ts';
import { uuidProblem } from './uuid.ts';

/** What an Ingress is held against. */
export interface Checking {
  readonly builder: ModelBuilder;
  readonly flags: Flags;
  readonly log: Klog;
}

const CATCH_ALL =
  "this deployment is trying to create a catch-all ingress while DisableCatchAll flag is set to true. Remove '.spec.defaultBackend' or set DisableCatchAll flag to false";

/**
 * Why an Ingress is not let in, in the original's order and words (internal/ingress/controller/controller.go, CheckIngress).
 * nginx itself is not asked any more (CVE-2025-1974), so what it would refuse gets in.
 * @returns undefined when it is let in
 */
export function checkIngress(ingress: Ingress, { builder, flags, log }: Checking): string | undefined {
  if (ingress.metadata.deletionTimestamp !== undefined) return undefined;
  const inspected = flags.deepInspect ? deepInspect(ingress) : undefined;
  if (inspected !== undefined) return `invalid object: ${inspected}`;
  if (builder.notOurs(ingress) !== undefined) {
    sayIgnored(ingress, builder, log);
    return undefined;
  }
  if (flags.disableCatchAll && ingress.spec.defaultBackend !== undefined) return CATCH_ALL;
  const uid = uuidProblem(ingress.metadata.uid ?? '');
  if (uid !== undefined) return `ingress has invalid UID: ${uid}`;
  const settings = builder.settings();
  const prefix = `${flags.annotationsPrefix}/`;
  return (
    pathsFailure(settings.strictValidatePathType ? invalidPaths(ingress) : []) ??
    annotationsFailure(ingress, settings, prefix) ??
    extractionFailure(builder.problemsOf(ingress)) ??
    configurationFailure(ingress, builder, prefix)
  );
}

/** In the original's words: the class that it has none of is printed as ''. */
function sayIgnored(ingress: Ingress, builder: ModelBuilder, log: Klog): void {
  const error = builder.classError(ingress);
  const { name, namespace } = ingress.metadata;
  if (error !== undefined)
    log.warning('controller.go:352', `ignoring ingress ${name} in ${namespace} based on annotation : ${error}`);
}

function pathsFailure(complaints: readonly string[]): string | undefined {
  return complaints.length === 0 ? undefined : `ingress contains invalid paths: ${complaints.join('\n')}`;
}

/** Words that the administrator does not want, and snippets where there are to be none. */
function annotationsFailure({ metadata }: Ingress, settings: ControllerSettings, prefix: string): string | undefined {
  for (const [name, value] of Object.entries(metadata.annotations ?? {})) {
    if (prefix !== ANNOTATION_PREFIX && name.startsWith(ANNOTATION_PREFIX)) return otherPrefix(prefix);
    const word = name.startsWith(prefix) ? forbiddenWord(value, settings) : undefined;
    if (word !== undefined) return `${name} annotation contains invalid word ${word}`;
    if (!settings.allowSnippetAnnotations && name.endsWith('-snippet')) {
      return `${name} annotation cannot be used. Snippet directives are disabled by the Ingress administrator`;
    }
  }
  return undefined;
}

function otherPrefix(prefix: string): string {
  const [own, usual] = [prefix, ANNOTATION_PREFIX].map((each) => each.slice(0, -1));
  return `This deployment has a custom annotation prefix defined. Use '${own}' instead of '${usual}'`;
}

/** The first word of the list that a value holds; blanks around words do not count, but are told. */
function forbiddenWord(value: string, { annotationValueWordBlocklist }: ControllerSettings): string | undefined {
  return annotationValueWordBlocklist.find((word) => value.includes(word.trim()));
}

/** What only the whole configuration shows. */
function configurationFailure(ingress: Ingress, builder: ModelBuilder, prefix: string): string | undefined {
  const { model, find } = builder.with(ingress);
  const taken = overlap(ingress, model.configuration, find, prefix);
  if (taken !== undefined) return taken;
  // Deviation: real nginx runs these, so nobody refuses them (docs/decisions/0009-regexes-from-manifests.md).
  const { namespace = '', name } = ingress.metadata;
  const refused = model.dropped.filter(
    (each) => each.reason === 'regex-refused' && each.namespace === namespace && each.ingress === name,
  );
  return pathsFailure(refused.map(({ path }) => pathComplaint(path, 'ImplementationSpecific')));
}
