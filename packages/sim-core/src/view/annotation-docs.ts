import { ANNOTATION_PREFIX, type Annotation } from '../ingress-nginx/annotations/define-annotation.ts';
import { ANNOTATIONS } from '../ingress-nginx/annotations/index.ts';
import type { AnnotationDoc } from '../wire.ts';

/** Every annotation that the controller knows, as an editor explains them; in the order of their names. */
export function annotationDocs(): AnnotationDoc[] {
  return ANNOTATIONS.map(docOf).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function docOf({ name, summary, default: usual, example, fidelity }: Annotation): AnnotationDoc {
  const limits = fidelity === 'full' ? '' : 'partial' in fidelity ? fidelity.partial : fidelity.accepted;
  return { name: ANNOTATION_PREFIX + name, summary, default: usual, example, limits };
}
