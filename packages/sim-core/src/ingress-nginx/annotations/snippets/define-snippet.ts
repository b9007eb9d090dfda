import { type Annotation, defineAnnotation } from '../define-annotation.ts';

/** Declares an annotation with raw configuration. It is Critical: unless the ConfigMap allows that risk, its Ingress is not loaded. */
export function defineSnippet(
  name: string,
  about: Pick<Annotation, 'summary' | 'scope' | 'upstream'>,
): Annotation<string> {
  return defineAnnotation<string>({
    ...about,
    name,
    default: '',
    example: 'more_set_headers "X-Ours: yes";',
    risk: 'Critical',
    fidelity: { accepted: 'Raw configuration does nothing here.' },
    onInvalid: 'default',
    parse: (value) => value,
    apply: () => {},
  });
}
