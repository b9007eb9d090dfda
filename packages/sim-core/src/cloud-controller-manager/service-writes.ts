import { type LoadBalancerIngress, type Service, services } from '../api/core-v1/service.ts';
import { deepEqual } from '../apimachinery/deep.ts';
import type { Client } from '../client/client.ts';

/** Keeps a Service until its load balancer is gone (k8s.io/cloud-provider/service/helpers LoadBalancerCleanupFinalizer). */
export const LOAD_BALANCER_FINALIZER = 'service.kubernetes.io/load-balancer-cleanup';

/** Puts our finalizer on the Service, once. */
export function addFinalizer(client: Client, service: Service): void {
  const finalizers = service.metadata.finalizers ?? [];
  if (finalizers.includes(LOAD_BALANCER_FINALIZER)) return;
  client.update(services, withFinalizers(service, [...finalizers, LOAD_BALANCER_FINALIZER]));
}

/** Takes our finalizer off; a Service that waits to be deleted is gone then. */
export function removeFinalizer(client: Client, service: Service): void {
  const others = (service.metadata.finalizers ?? []).filter((finalizer) => finalizer !== LOAD_BALANCER_FINALIZER);
  client.update(services, withFinalizers(service, others));
}

/** Writes status.loadBalancer where it differs. Returns the Service as it is then. */
export function publish(client: Client, service: Service, ingress: LoadBalancerIngress[]): Service {
  if (deepEqual(service.status?.loadBalancer?.ingress ?? [], ingress)) return service;
  const loadBalancer = ingress.length === 0 ? {} : { ingress };
  return client.updateStatus(services, { ...service, status: { ...service.status, loadBalancer } });
}

function withFinalizers(service: Service, finalizers: string[]): Service {
  const { finalizers: _old, ...metadata } = service.metadata;
  return { ...service, metadata: finalizers.length > 0 ? { ...metadata, finalizers } : metadata };
}
