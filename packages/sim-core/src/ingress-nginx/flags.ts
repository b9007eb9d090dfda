import type { LabelSelector } from '../apimachinery/label-selector.ts';
import { parseLabelSelector } from '../apimachinery/label-selector-parser.ts';
import { ANNOTATION_PREFIX } from './annotations/define-annotation.ts';
import { parseBool } from './annotations/parsers.ts';

const DEFAULT_PREFIX = ANNOTATION_PREFIX.slice(0, -1);

/** Flags of the controller's command line that change what it does here (pkg/flags/flags.go). */
export interface Flags {
  readonly controllerClass: string;
  readonly ingressClass: string;
  /** Whether an IngressClass of that name is ours whatever its controller is. */
  readonly ingressClassByName: boolean;
  readonly watchIngressWithoutClass: boolean;
  /** `namespace/name` of the Service whose address goes into the status; '' for none. */
  readonly publishService: string;
  readonly publishStatusAddress: string;
  readonly updateStatus: boolean;
  readonly updateStatusOnShutdown: boolean;
  /** Whether port 10254 tells more of the requests than that it runs. */
  readonly enableMetrics: boolean;
  /** `namespace/name` of the ConfigMap; '' for none. */
  readonly configMap: string;
  readonly electionId: string;
  /** `namespace/name`; '' for the built-in 404. */
  readonly defaultBackendService: string;
  /** `namespace/name`; '' for the fake one. */
  readonly defaultSslCertificate: string;
  /** Namespace to which it is confined; '' for all. */
  readonly watchNamespace: string;
  /** Labels of the namespaces to which it is confined; undefined for all. */
  readonly watchNamespaceSelector: LabelSelector | undefined;
  /** What annotations begin with, without the slash. */
  readonly annotationsPrefix: string;
  /** Ports on which nginx listens. */
  readonly httpPort: number;
  readonly httpsPort: number;
  /** Port of /healthz and /metrics. */
  readonly healthzPort: number;
  /** Whether the status names the internal addresses of nodes. */
  readonly reportNodeInternalIp: boolean;
  /** Port of the admission webhook; 0 when there is none. */
  readonly webhookPort: number;
  /** File with the certificate that the webhook serves. */
  readonly webhookCertificate: string;
  /** Whether what stands in an Ingress is searched for what could break out of nginx.conf. */
  readonly deepInspect: boolean;
  /** Whether Ingresses with a default backend are none of ours. */
  readonly disableCatchAll: boolean;
}

/** Names of the flags below, without dashes. */
export const CONTROLLER_FLAGS = Object.freeze([
  'controller-class',
  'ingress-class',
  'ingress-class-by-name',
  'watch-ingress-without-class',
  'publish-service',
  'publish-status-address',
  'update-status',
  'update-status-on-shutdown',
  'enable-metrics',
  'configmap',
  'election-id',
  'default-backend-service',
  'default-ssl-certificate',
  'watch-namespace',
  'watch-namespace-selector',
  'annotations-prefix',
  'http-port',
  'https-port',
  'healthz-port',
  'report-node-internal-ip-address',
  'validating-webhook',
  'validating-webhook-certificate',
  'deep-inspect',
  'disable-catch-all',
] as const);

type FlagName = (typeof CONTROLLER_FLAGS)[number];

/**
 * Reads `--flag=value` and `--flag value` (spf13/pflag): a boolean takes its value behind `=` only. Flags that do not matter
 * here are passed over; of one that is given twice the last counts.
 */
export function parseControllerFlags(argv: readonly string[]): Flags {
  const values = readValues(argv);
  const text = (name: FlagName, fallback = '') => values.get(name)?.value ?? fallback;
  const bool = (name: FlagName, fallback = false) => readBoolean(values.get(name), fallback);
  const port = (name: FlagName, fallback: number) => readPort(text(name), fallback);
  return {
    controllerClass: text('controller-class', 'k8s.io/ingress-nginx'),
    ingressClass: text('ingress-class', 'nginx'),
    ingressClassByName: bool('ingress-class-by-name'),
    watchIngressWithoutClass: bool('watch-ingress-without-class'),
    publishService: text('publish-service'),
    publishStatusAddress: text('publish-status-address'),
    updateStatus: bool('update-status', true),
    updateStatusOnShutdown: bool('update-status-on-shutdown', true),
    reportNodeInternalIp: bool('report-node-internal-ip-address'),
    enableMetrics: bool('enable-metrics'),
    configMap: text('configmap'),
    electionId: text('election-id', 'ingress-controller-leader'),
    defaultBackendService: text('default-backend-service'),
    defaultSslCertificate: text('default-ssl-certificate'),
    watchNamespace: text('watch-namespace'),
    watchNamespaceSelector: readSelector(text('watch-namespace-selector')),
    annotationsPrefix: text('annotations-prefix', DEFAULT_PREFIX),
    httpPort: port('http-port', 80),
    httpsPort: port('https-port', 443),
    healthzPort: port('healthz-port', 10254),
    webhookPort: Number(/:(\d+)$/.exec(text('validating-webhook'))?.[1] ?? 0),
    webhookCertificate: text('validating-webhook-certificate', '/usr/local/certificates/cert'),
    deepInspect: bool('deep-inspect', true),
    disableCatchAll: bool('disable-catch-all'),
  };
}

/** A flag as it stands: what is behind its `=`, or the argument after it. */
interface Given {
  readonly value: string | undefined;
  readonly isBare: boolean;
}

function readValues(argv: readonly string[]): Map<string, Given> {
  const values = new Map<string, Given>();
  for (const [index, argument] of argv.entries()) {
    const [, name, value] = /^--([\w-]+)(?:=(.*))?$/s.exec(argument) ?? [];
    if (name === undefined) continue;
    const next = argv[index + 1];
    values.set(name, { value: value ?? (next?.startsWith('--') ? undefined : next), isBare: value === undefined });
  }
  return values;
}

function readBoolean(given: Given | undefined, fallback: boolean): boolean {
  if (given === undefined) return fallback;
  if (given.isBare) return true;
  const value = parseBool(given.value ?? '');
  return typeof value === 'boolean' ? value : fallback;
}

function readPort(text: string, fallback: number): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port > 0 && port <= 65_535 ? port : fallback;
}

/** A selector that cannot be read fits no namespace; the real controller does not start. */
function readSelector(text: string): LabelSelector | undefined {
  if (text === '') return undefined;
  try {
    return parseLabelSelector(text);
  } catch {
    return NOTHING;
  }
}

const NOTHING: LabelSelector = Object.freeze({
  matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: [''] }],
});
