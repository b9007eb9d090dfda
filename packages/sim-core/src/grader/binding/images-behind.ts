import type { Service } from '../../api/core-v1/service.ts';
import type { Ingress } from '../../api/networking-v1/ingress.ts';
import type { KubeObject } from '../../apimachinery/object-meta.ts';
import type { Workload } from '../api/objects.ts';
import { routesOf } from './ingress-function.ts';
import { imagesOf, nameOfImage } from './runs-image.ts';
import { selects } from './selects.ts';

/** Names of the images that run behind an Ingress: of the workloads that its backends select. */
export function imagesBehind(
  ingress: Ingress,
  { services, workloads }: { readonly services: readonly Service[]; readonly workloads: readonly Workload[] },
): ReadonlySet<string> {
  const names = routesOf(ingress).map(({ service }) => service);
  const { namespace } = ingress.metadata;
  const backends = services.filter(({ metadata }) => metadata.namespace === namespace && names.includes(metadata.name));
  return imagesOfWorkloads(workloads.filter((workload) => backends.some((service) => selects(service, workload))));
}

/** Names of the images that workloads or pods run, without tags. */
export function imagesOfWorkloads(workloads: readonly KubeObject[]): ReadonlySet<string> {
  return new Set(workloads.flatMap(imagesOf).map(nameOfImage));
}
