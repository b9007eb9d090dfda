import { namespaces } from '../api/core-v1/namespace.ts';
import type { Ingress } from '../api/networking-v1/ingress.ts';
import { ingressClasses } from '../api/networking-v1/ingress-class.ts';
import { matchesSelector } from '../apimachinery/label-selector.ts';
import type { Client } from '../client/client.ts';
import type { Flags } from './flags.ts';

/** The annotation that named the class before there was a field for it. */
export const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

/**
 * Why an Ingress is not ours; undefined when it is: its namespace first, which is watched or not, then its class
 * (internal/ingress/controller/store/store.go, GetIngressClass).
 */
export function notOurs(ingress: Ingress, client: Client, flags: Flags): string | undefined {
  return notWatched(ingress.metadata.namespace ?? '', client, flags) ?? ofOtherClass(ingress, client, flags);
}

/** Why an Ingress has no class of ours, in the original's words; undefined when it has (GetIngressClass). */
export function classError(ingress: Ingress, client: Client, flags: Flags): string | undefined {
  if (ofOtherClass(ingress, client, flags) === undefined) return undefined;
  const { ingressClassName } = ingress.spec;
  if (ingressClassName !== undefined) return `no object matching key "${ingressClassName}" in local store`;
  if (ingress.metadata.annotations?.[CLASS_ANNOTATION] !== undefined)
    return 'ingress class annotation is not equal to the expected by Ingress Controller';
  return 'ingress does not contain a valid IngressClass';
}

/** What the original calls the class of an Ingress of ours: its IngressClass, the annotation, or the flag. */
export function className({ metadata, spec }: Ingress, { ingressClass }: Flags): string {
  return spec.ingressClassName ?? metadata.annotations?.[CLASS_ANNOTATION] ?? ingressClass;
}

function notWatched(namespace: string, client: Client, flags: Flags): string | undefined {
  const { watchNamespace, watchNamespaceSelector: selector } = flags;
  if (watchNamespace !== '' && watchNamespace !== namespace)
    return `the controller watches namespace ${watchNamespace} only`;
  if (selector === undefined || matchesSelector(selector, client.get(namespaces, '', namespace)?.metadata.labels))
    return undefined;
  return `the controller watches namespaces with labels that ${namespace} does not have (--watch-namespace-selector)`;
}

function ofOtherClass({ metadata, spec }: Ingress, client: Client, flags: Flags): string | undefined {
  const { ingressClassName } = spec;
  if (ingressClassName !== undefined) {
    const ingressClass = client.get(ingressClasses, '', ingressClassName);
    if (ingressClass === undefined) return `there is no IngressClass ${ingressClassName}`;
    const controller = ingressClass.spec?.controller;
    if (controller === flags.controllerClass) return undefined;
    if (flags.ingressClassByName && ingressClassName === flags.ingressClass) return undefined;
    return `IngressClass ${ingressClassName} belongs to the controller ${controller ?? '(none)'}, not to ${flags.controllerClass}`;
  }
  const annotation = metadata.annotations?.[CLASS_ANNOTATION];
  if (annotation !== undefined) {
    if (annotation === flags.ingressClass) return undefined;
    return `its annotation ${CLASS_ANNOTATION} is ${annotation}, not ${flags.ingressClass}`;
  }
  return flags.watchIngressWithoutClass ? undefined : 'it names no class: spec.ingressClassName is missing';
}
