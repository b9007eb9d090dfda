/** A folder or file of sim-core/src (or sim-ui/src), and what its modules may import besides one another. */
export interface Room {
  /** From packages/, without `src`: `sim-core/etcd` is etcd/ and etcd.ts. The longest match decides. */
  readonly path: string;
  /** Rooms it may import; one that is named with a sub-folder or file opens only that. */
  readonly may: readonly string[];
  /** Rooms it may import types of. */
  readonly mayTypes?: readonly string[];
  /** Packages from npm. `node:` stands for Node's own modules. */
  readonly packages?: readonly string[];
  /** Modules of this room do not import one another when both match (annotations, ConfigMap keys). */
  readonly apart?: RegExp;
}

/** Rooms of sim-core, by their names. */
const core = (names: string): string[] => names.split(' ').map((name) => `sim-core/${name}`);

const GROUND = core('apimachinery sim');
const CONTROLLER = core('client controller-runtime api apimachinery sim');
const NODE = 'node:';

/**
 * What may import what. The order is the order of the floors: every arrow runs to an earlier line.
 * (docs/decisions/0001-workshop.md says how to change it.)
 */
export const ROOMS: readonly Room[] = [
  { path: 'sim-core/sim', may: [], packages: ['seedrandom'] },
  { path: 'sim-core/apimachinery', may: [] },
  { path: 'sim-core/version', may: [] },
  { path: 'sim-core/wire', may: [] },
  { path: 'sim-core/addons', may: [] },
  { path: 'sim-core/manifest', may: GROUND, packages: ['js-yaml'] },
  { path: 'sim-core/api', may: core('apimachinery') },
  { path: 'sim-core/workloads', may: GROUND, mayTypes: core('api') },
  { path: 'sim-core/scenario', may: [...GROUND, ...core('manifest/nearest')], mayTypes: core('workloads manifest') },
  { path: 'sim-core/etcd', may: core('api apimachinery') },
  { path: 'sim-core/cloud', may: core('apimachinery'), mayTypes: core('sim'), packages: ['@noble/hashes'] },
  { path: 'sim-core/traffic', may: GROUND, mayTypes: core('workloads') },
  { path: 'sim-core/kube-apiserver', may: core('etcd api apimachinery sim'), packages: ['@noble/hashes'] },
  { path: 'sim-core/client', may: core('api apimachinery sim'), mayTypes: core('etcd kube-apiserver') },
  {
    path: 'sim-core/controller-runtime',
    may: core('client api apimachinery sim'),
    mayTypes: core('etcd'),
  },
  { path: 'sim-core/network', may: core('workloads client api apimachinery sim') },
  { path: 'sim-core/apiextensions-apiserver', may: CONTROLLER },
  { path: 'sim-core/kube-controller-manager', may: CONTROLLER },
  { path: 'sim-core/cloud-controller-manager', may: [...CONTROLLER, ...core('cloud')] },
  { path: 'sim-core/kube-scheduler', may: CONTROLLER },
  {
    path: 'sim-core/kubelet',
    may: [...CONTROLLER, ...core('workloads network')],
    mayTypes: core('kube-apiserver/kubelet-connection'),
  },
  { path: 'sim-core/kube-proxy', may: CONTROLLER },
  { path: 'sim-core/metrics-server', may: CONTROLLER, mayTypes: core('kubelet kube-apiserver') },
  {
    path: 'sim-core/ingress-nginx/nginx',
    may: core('sim network workloads apimachinery/regex'),
    packages: ['@noble/hashes'],
  },
  {
    path: 'sim-core/ingress-nginx/annotations',
    may: core(
      'ingress-nginx/nginx/directives ingress-nginx/nginx/configuration ingress-nginx/nginx/cidr ingress-nginx/nginx/pcre api apimachinery',
    ),
    apart: /\bdefineAnnotation\(/,
  },
  {
    path: 'sim-core/ingress-nginx/config-map',
    may: core(
      'ingress-nginx/nginx/directives ingress-nginx/nginx/configuration ingress-nginx/nginx/cidr ingress-nginx/annotations/parsers ingress-nginx/annotations/define-annotation api apimachinery',
    ),
    apart: /\bdefineConfigMapKey\(/,
  },
  { path: 'sim-core/ingress-nginx/certificates', may: [] },
  {
    path: 'sim-core/ingress-nginx/model',
    may: [...CONTROLLER, ...core('ingress-nginx/annotations ingress-nginx/config-map ingress-nginx/nginx')],
    mayTypes: core('ingress-nginx/certificates'),
  },
  {
    path: 'sim-core/ingress-nginx',
    may: [
      ...CONTROLLER,
      ...core(
        'network workloads ingress-nginx/certificates ingress-nginx/model ingress-nginx/config-map ingress-nginx/annotations ingress-nginx/nginx',
      ),
    ],
  },
  {
    path: 'sim-core/view',
    may: [
      ...core('wire api apimachinery sim client cloud traffic'),
      ...core('ingress-nginx/annotations ingress-nginx/ingress-class ingress-nginx/nginx/canary-policy'),
    ],
    mayTypes: core('ingress-nginx'),
  },
  {
    path: 'sim-core/doctor',
    may: core('wire api apimachinery manifest/nearest ingress-nginx'),
    mayTypes: core('client cloud network ingress-nginx/certificates'),
  },
  {
    path: 'sim-core/explain',
    may: core('doctor wire api apimachinery manifest/nearest ingress-nginx'),
    mayTypes: core('view client cloud'),
  },
  {
    path: 'sim-core/kubectl',
    may: core('api apimachinery manifest kube-apiserver/apply'),
    packages: ['@noble/hashes'],
  },
  // An outsider: what stands in files and what goes over the wire, no engine.
  {
    path: 'sim-core/grader',
    may: core('wire apimachinery manifest scenario traffic/split-statistics sim/clock version'),
    mayTypes: core('api'),
    packages: ['@noble/hashes'],
  },
  {
    path: 'sim-core/cluster',
    may: [
      ...core('sim apimachinery manifest workloads api scenario etcd cloud traffic kube-apiserver client network'),
      ...core(
        'controller-runtime apiextensions-apiserver kube-controller-manager cloud-controller-manager kube-scheduler kubelet kube-proxy metrics-server',
      ),
      ...core('ingress-nginx doctor explain view addons wire'),
    ],
  },
  {
    path: 'sim-core/index',
    may: core('cluster version wire sim apimachinery api addons traffic view manifest scenario doctor explain grader'),
    mayTypes: core('cloud traffic network workloads ingress-nginx kube-apiserver client'),
  },
  // What belongs to a run and not to its cluster, with a server or in a page.
  {
    path: 'sim-core/run',
    may: core('index wire manifest explain doctor kubectl'),
  },
  // The simulated cluster as something to grade in.
  {
    path: 'sim-core/grading',
    may: core('index grader doctor explain manifest workloads'),
  },
  // Exercises beside a running cluster.
  {
    path: 'sim-core/lesson',
    may: core('grading grader index apimachinery manifest wire'),
  },
  {
    path: 'sim-core/conformance',
    may: core(
      'index api apimachinery manifest sim workloads ingress-nginx/flags ingress-nginx/config-map/keys ingress-nginx/nginx/certificate-table',
    ),
    mayTypes: core('network ingress-nginx/certificates'),
  },
  {
    path: 'sim-core/host',
    may: core('index run version wire manifest scenario doctor explain workloads apimachinery sim'),
    mayTypes: core('network cloud traffic kube-apiserver'),
    packages: [NODE, 'dns-packet', 'express', 'uqr', 'ws'],
  },
  // What comes from strangers, and who grades it.
  {
    path: 'sim-core/host/grader',
    may: core('grader host manifest'),
    packages: [NODE, 'yauzl', 'modern-tar'],
  },
  {
    path: 'sim-core/cli',
    may: core(
      'host run index version wire manifest scenario doctor explain grader grading lesson conformance kubectl apimachinery sim',
    ),
    packages: [NODE],
  },
  {
    path: 'sim-core/in-page',
    may: core('run index wire manifest apimachinery lesson grading grader'),
    mayTypes: core('kubectl'),
  },
  {
    path: 'sim-ui',
    may: [],
    packages: [
      'preact',
      '@preact/signals',
      'uplot',
      '@codemirror',
      '@lezer/highlight',
      '@k8s-ingress-sandbox/sim-core/wire',
    ],
  },
  {
    path: 'sim-ui/in-page',
    may: ['sim-ui'],
    packages: ['@k8s-ingress-sandbox/sim-core/in-page', '@k8s-ingress-sandbox/sim-core/wire'],
  },
];
