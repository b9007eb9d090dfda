import type { KubeObject } from '../../apimachinery/object-meta.ts';

/** A template inside of an object: its metadata, and perhaps templates of its own. */
interface Template {
  readonly metadata?: object;
  readonly spec?: Spec;
}

interface Spec {
  readonly template?: Template;
  readonly jobTemplate?: Template;
  readonly volumeClaimTemplates?: readonly Template[];
}

/**
 * An object as Go prints it: the metadata of templates, which no server has ever stamped, says `creationTimestamp: null`
 * (before 1.34 metav1.Time was never left out).
 */
export function withEmbeddedMetadata(object: KubeObject): KubeObject {
  const { spec, template } = object as KubeObject & Template & Spec;
  if (spec !== undefined && hasTemplates(spec)) return { ...object, spec: printedSpec(spec) } as KubeObject;
  return template === undefined ? object : ({ ...object, template: printed(template) } as KubeObject);
}

function hasTemplates({ template, jobTemplate, volumeClaimTemplates }: Spec): boolean {
  return template !== undefined || jobTemplate !== undefined || volumeClaimTemplates !== undefined;
}

function printedSpec(spec: Spec): Spec {
  const { template, jobTemplate, volumeClaimTemplates } = spec;
  return {
    ...spec,
    ...(template && { template: printed(template) }),
    ...(jobTemplate && { jobTemplate: printed(jobTemplate) }),
    ...(volumeClaimTemplates && { volumeClaimTemplates: volumeClaimTemplates.map(printed) }),
  };
}

function printed(template: Template): Template {
  const { metadata, spec } = template;
  return {
    ...template,
    metadata: { creationTimestamp: null, ...metadata },
    ...(spec !== undefined && hasTemplates(spec) && { spec: printedSpec(spec) }),
  };
}
