import { type Ingress, ingresses } from '../../api/networking-v1/ingress.ts';
import { type IngressClass, ingressClasses } from '../../api/networking-v1/ingress-class.ts';
import { groupResource } from '../../apimachinery/kind.ts';
import type { Store } from '../../etcd/store.ts';
import type { AdmissionPlugin, AdmissionRequest } from './admission.ts';

const IS_DEFAULT = 'ingressclass.kubernetes.io/is-default-class';
const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

/**
 * A new Ingress that names no class gets the default one (plugin/pkg/admission/network/defaultingressclass). Of several
 * the newest, then the alphabetically first.
 */
export const defaultIngressClass: AdmissionPlugin = Object.freeze({
  name: 'DefaultIngressClass',
  admit({ kind, object, operation, store }: AdmissionRequest): void {
    if (operation !== 'CREATE' || kind !== ingresses) return;
    const ingress = object as Ingress;
    if (ingress.spec?.ingressClassName !== undefined) return;
    if (ingress.metadata.annotations?.[CLASS_ANNOTATION] !== undefined) return;
    const name = defaultClass(store)?.metadata.name;
    if (name !== undefined) ingress.spec = { ...ingress.spec, ingressClassName: name };
  },
});

function defaultClass(store: Store): IngressClass | undefined {
  const classes = store.list(groupResource(ingressClasses)) as IngressClass[];
  return classes.filter(({ metadata }) => metadata.annotations?.[IS_DEFAULT] === 'true').sort(newestFirst)[0];
}

function newestFirst(a: IngressClass, b: IngressClass): number {
  const [createdA = '', createdB = ''] = [a.metadata.creationTimestamp, b.metadata.creationTimestamp];
  if (createdA !== createdB) return createdA < createdB ? 1 : -1;
  return a.metadata.name < b.metadata.name ? -1 : 1;
}
