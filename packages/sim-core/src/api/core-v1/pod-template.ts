import { defineKind } from '../../apimachinery/kind.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import { column, formatLabels, NAME } from '../columns.ts';
import { setPodTemplateDefaults } from './pod/defaults.ts';
import { validatePodTemplate } from './pod/validation/pod-spec.ts';
import { warnOfPod } from './pod/warnings.ts';
import type { PodTemplateSpec } from './pod.ts';

/** core/v1 PodTemplate; stored, nothing is made of it. */
export interface PodTemplate {
  apiVersion: 'v1';
  kind: 'PodTemplate';
  metadata: ObjectMeta;
  template: PodTemplateSpec;
}

export const podTemplates = defineKind<PodTemplate>({
  group: '',
  version: 'v1',
  kind: 'PodTemplate',
  resource: 'podtemplates',
  singular: 'podtemplate',
  namespaced: true,
  generationOf: ({ template }) => template,
  setDefaults(podTemplate) {
    podTemplate.template ??= { spec: { containers: [] } };
    setPodTemplateDefaults(podTemplate.template);
  },
  // pkg/apis/core/validation/validation.go ValidatePodTemplate
  validate: ({ template }) => validatePodTemplate(template, 'template'),
  warnings: ({ template }) => warnOfPod(template, 'template'),
  columns: [
    NAME,
    column('Containers', ({ template }) => template.spec.containers.map(({ name }) => name).join(',')),
    column('Images', ({ template }) => template.spec.containers.map(({ image = '' }) => image).join(',')),
    column('Pod Labels', ({ template }) => formatLabels(template.metadata?.labels)),
  ],
});
