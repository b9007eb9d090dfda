import { isFields, type ManifestDocument } from '../../manifest/document.ts';

/** Labels that ingress-nginx puts on every object of its manifests and of its chart. */
const NAME = 'app.kubernetes.io/name';

/**
 * Whether a document belongs to a genuine manifest of the ingress controller. Where an exercise brings the controller
 * already, such a document is set aside: applied beside the add-on, its Deployment would be refused (its selector is
 * another one, and selectors are immutable). Settings that the student put into its ConfigMap stay.
 */
export function isControllerObject({ value }: ManifestDocument): boolean {
  const { labels } = isFields(value['metadata']) ? value['metadata'] : {};
  if (!isFields(labels) || labels[NAME] !== 'ingress-nginx') return false;
  return value.kind !== 'ConfigMap' || !isFields(value['data']);
}
