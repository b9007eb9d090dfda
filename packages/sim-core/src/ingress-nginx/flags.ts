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
  'validating-webhook',
  'validating-webhook-certificate',
  'deep-inspect',
  'disable-catch-all',
] as const);

/** Reads `--flag=value` and `--flag value`; flags that do not matter here are passed over. */
export function parseControllerFlags(argv: readonly string[]): Flags {
  const values = new Map<string, string>();
  for (const [index, argument] of argv.entries()) {
    const [, name, value] = /^--([\w-]+)(?:=(.*))?$/s.exec(argument) ?? [];
    if (name === undefined) continue;
    const next = argv[index + 1];
    values.set(name, value ?? (next === undefined || next.startsWith('--') ? 'true' : next));
  }
  const text = (name: (typeof CONTROLLER_FLAGS)[number], fallback = '') => values.get(name) ?? fallback;
  return {
    controllerClass: text('controller-class', 'k8s.io/ingress-nginx'),
    ingressClass: text('ingress-class', 'nginx'),
    ingressClassByName: text('ingress-class-by-name') === 'true',
    watchIngressWithoutClass: text('watch-ingress-without-class') === 'true',
    publishService: text('publish-service'),
    publishStatusAddress: text('publish-status-address'),
    updateStatus: text('update-status', 'true') !== 'false',
    updateStatusOnShutdown: text('update-status-on-shutdown', 'true') !== 'false',
    enableMetrics: text('enable-metrics') === 'true',
    configMap: text('configmap'),
    electionId: text('election-id', 'ingress-controller-leader'),
    defaultBackendService: text('default-backend-service'),
    defaultSslCertificate: text('default-ssl-certificate'),
    watchNamespace: text('watch-namespace'),
    webhookPort: Number(/:(\d+)$/.exec(text('validating-webhook'))?.[1] ?? 0),
    webhookCertificate: text('validating-webhook-certificate', '/usr/local/certificates/cert'),
    deepInspect: text('deep-inspect', 'true') !== 'false',
    disableCatchAll: text('disable-catch-all') === 'true',
  };
}
