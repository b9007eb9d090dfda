import type { Service } from '../../api/core-v1/service.ts';
import type { Ingress } from '../../api/networking-v1/ingress.ts';
import type { KubeObject } from '../../apimachinery/object-meta.ts';
import type { Workload } from '../api/objects.ts';
import { type Binding, bound, narrow, only, spellObject } from './binding.ts';
import { imagesBehind, imagesOfWorkloads } from './images-behind.ts';
import { canaryAnnotations, hostOf, isCanary, routesOf, sharedRoutes } from './ingress-function.ts';
import type { Role } from './roles.ts';
import { selects } from './selects.ts';

/** What roles are bound among: objects of the submission and of the scenario, none of the cluster's own. */
export interface Candidates {
  readonly ingresses: readonly Ingress[];
  readonly services: readonly Service[];
  readonly workloads: readonly Workload[];
  readonly secrets: readonly KubeObject[];
  /** Whether an object is the student's: they come before those of the scenario. */
  isSubmitted(object: KubeObject): boolean;
  /** Names of the images that the scenario and the reference solution run: what the exercise is about. */
  readonly images: ReadonlySet<string>;
}

/** Which object plays each role. */
export type Bindings = Readonly<Record<Role, Binding>>;

/**
 * Finds who plays each role by what objects do, whatever they are called: the main Ingress is that which the canary is an
 * alternative of, its Service is where the path that both have leads to, and so on. What several could be is never guessed.
 */
export function bindRoles(candidates: Candidates): Bindings {
  const $main = bindMain(candidates);
  const $canary = bindCanary(candidates, bound($main));
  const $mainService = bindBackend(candidates, $main, bound($canary));
  const $canaryService = bindBackend(candidates, $canary, bound($main));
  const $service = bindService(candidates, bound($mainService));
  return {
    $main,
    $canary,
    $mainService,
    $canaryService,
    $mainDeployment: bindWorkload(candidates, $mainService, bound($canaryService)),
    $canaryDeployment: bindWorkload(candidates, $canaryService, bound($mainService)),
    $service,
    $deployment: bindWorkload(candidates, $service, undefined),
    $loadBalancer: bindLoadBalancer(candidates),
    $tlsSecret: bindTlsSecret(candidates, bound($main)),
    $ingress: bindIngress(candidates, $main),
  };
}

/** One that leads to something else than the exercise is about makes nothing ambiguous. */
function bindMain(candidates: Candidates): Binding<Ingress> {
  const { ingresses, isSubmitted, images } = candidates;
  const canaries = ingresses.filter(isCanary);
  const canaryImages = new Set(canaries.flatMap((canary) => [...imagesBehind(canary, candidates)]));
  const isPlain = (main: Ingress) => canaryAnnotations(main).length === 0;
  const pairs = (main: Ingress) => canaries.some((canary) => sharedRoutes(main, canary).length > 0);
  const isAkin = (main: Ingress) => runsOneOf(canaryImages, main, candidates);
  const isMeant = (main: Ingress) => runsOneOf(images, main, candidates);
  const mains = ingresses.filter((each) => !isCanary(each));
  return only(narrow(mains, isPlain, pairs, isAkin, isSubmitted, isMeant), 'there is no Ingress that is no canary');
}

function runsOneOf(images: ReadonlySet<string>, ingress: Ingress, candidates: Candidates): boolean {
  return [...imagesBehind(ingress, candidates)].some((image) => images.has(image));
}

/** Rules for one host may stand in several Ingresses: for what is asked of the host, one is as good as another. */
function bindIngress(candidates: Candidates, main: Binding<Ingress>): Binding<Ingress> {
  if (!('ambiguous' in main)) return main;
  const { ingresses, isSubmitted, images } = candidates;
  const isMeant = (each: Ingress) => runsOneOf(images, each, candidates);
  const mains = narrow(
    ingresses.filter((each) => !isCanary(each)),
    isSubmitted,
    isMeant,
  );
  const [first] = mains;
  const isOneHost = mains.every((each) => hostOf(each) === hostOf(first as Ingress));
  return first !== undefined && isOneHost ? { object: first } : main;
}

function bindCanary(candidates: Candidates, main: Ingress | undefined): Binding<Ingress> {
  const { ingresses, isSubmitted, images } = candidates;
  const canaries = ingresses.filter(isCanary);
  const pairs = (canary: Ingress) => main !== undefined && sharedRoutes(main, canary).length > 0;
  const isMeant = (canary: Ingress) => runsOneOf(images, canary, candidates);
  return only(narrow(canaries, pairs, isSubmitted, isMeant), missingCanary(ingresses));
}

/** An Ingress that only lacks the annotation itself is what people look for. */
function missingCanary(ingresses: readonly Ingress[]): string {
  const near = ingresses.find((each) => !isCanary(each) && canaryAnnotations(each).length > 0);
  const what = 'no Ingress is a canary: none has the annotation nginx.ingress.kubernetes.io/canary: "true"';
  return near === undefined ? what : `${what}, though ${spellObject(near)} has others of a canary`;
}

/** The Service of an Ingress: that of the path which it shares with the other one, or its only one. */
function bindBackend(
  { services }: Candidates,
  binding: Binding<Ingress>,
  partner: Ingress | undefined,
): Binding<Service> {
  if (!('object' in binding)) return binding;
  const ingress = binding.object;
  const shared = partner === undefined ? [] : sharedRoutes(ingress, partner);
  const routes = shared.length > 0 ? shared : routesOf(ingress);
  const names = [...new Set(routes.map(({ service }) => service))];
  if (names.length === 0) return { missing: `${spellObject(ingress)} has no backend that is a Service` };
  const { namespace = '' } = ingress.metadata;
  if (names.length > 1) return { ambiguous: names.map((name) => `Service ${namespace}/${name}`) };
  const [name = ''] = names;
  const found = services.filter(({ metadata }) => metadata.namespace === namespace && metadata.name === name);
  return only(found, `${spellObject(ingress)} sends to Service ${namespace}/${name}, which does not exist`);
}

/** The workload whose pods a Service selects; where it selects those of another Service too, the one that is its own. */
function bindWorkload({ workloads }: Candidates, binding: Binding, other: KubeObject | undefined): Binding<Workload> {
  if (!('object' in binding)) return binding;
  const service = binding.object as Service;
  const selected = workloads.filter((workload) => selects(service, workload));
  const isOthers = (workload: Workload) => other !== undefined && selects(other as Service, workload);
  const candidates = narrow(selected, (workload) => !isOthers(workload));
  return only(candidates, `${spellObject(service)} selects the pods of no workload`);
}

function bindService(candidates: Candidates, main: KubeObject | undefined): Binding {
  if (main !== undefined) return { object: main };
  return only(narrowServices(candidates.services, candidates), 'there is no Service');
}

function bindLoadBalancer(candidates: Candidates): Binding<Service> {
  const balanced = candidates.services.filter(({ spec }) => spec.type === 'LoadBalancer');
  return only(narrowServices(balanced, candidates), 'there is no Service of type LoadBalancer');
}

function narrowServices(services: readonly Service[], { workloads, images, isSubmitted }: Candidates) {
  const isMeant = (service: Service) =>
    [...imagesOfWorkloads(workloads.filter((workload) => selects(service, workload)))].some((image) =>
      images.has(image),
    );
  return narrow(services, isSubmitted, isMeant);
}

function bindTlsSecret({ secrets }: Candidates, main: Ingress | undefined): Binding {
  const names = [...new Set((main?.spec.tls ?? []).flatMap(({ secretName }) => secretName ?? []))];
  if (main === undefined || names.length === 0) return { missing: 'the Ingress names no Secret in spec.tls' };
  const { namespace } = main.metadata;
  const own = secrets.filter(({ metadata }) => metadata.namespace === namespace && names.includes(metadata.name));
  return only(own, `${spellObject(main)} names Secret ${namespace}/${names.join(', ')}, which does not exist`);
}
