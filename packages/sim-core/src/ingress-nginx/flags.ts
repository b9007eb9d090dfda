import type { LabelSelector } from '../apimachinery/label-selector.ts';
import { parseLabelSelector } from '../apimachinery/label-selector-parser.ts';
import { FlagError, NothingToRun } from './flags/flag-error.ts';
import { FLAG_TABLE, type FlagName, type FlagValues } from './flags/flag-table.ts';
import { parseFlagSet } from './flags/pflag.ts';

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
  /** Whether TLS connections to hosts of `ssl-passthrough` go to their Service undecrypted. */
  readonly enableSslPassthrough: boolean;
  /** Whether Ingresses with a default backend are none of ours. */
  readonly disableCatchAll: boolean;
  /** Port of the built-in default backend. */
  readonly defaultServerPort: number;
  /** Path of the health check. */
  readonly healthCheckPath: string;
  /** Milliseconds of cluster time between SIGTERM and the end of nginx. */
  readonly shutdownGracePeriod: number;
  /** Milliseconds from there to the end of the controller; 0 where nobody says so, though the real one waits 10 s. */
  readonly postShutdownGracePeriod: number;
  /** Milliseconds for which a leader is one. */
  readonly electionTtl: number;
  /** Whether every replica takes itself for the leader. */
  readonly disableLeaderElection: boolean;
  /** Whether nobody is told of Ingresses that come and change. */
  readonly disableSyncEvents: boolean;
  /** Whether the webhook tests an Ingress by itself. */
  readonly disableFullTest: boolean;
  /** Whether Services of type ExternalName have no endpoints. */
  readonly disableSvcExternalName: boolean;
  /** How requests are measured. */
  readonly metrics: MetricFlags;
  /** As they stand, for the log. */
  readonly webhookAddress: string;
  readonly webhookKey: string;
}

/** Flags of what is measured of requests. */
export interface MetricFlags {
  readonly perHost: boolean;
  /** Whether hosts of no Ingress count, too. */
  readonly perUndefinedHost: boolean;
  /** Whether `2xx` stands for every status of its class. */
  readonly statusClasses: boolean;
  /** Upper bounds: seconds, bytes, bytes. */
  readonly timeBuckets: readonly number[];
  readonly lengthBuckets: readonly number[];
  readonly sizeBuckets: readonly number[];
  /** Metrics that nobody wants, with or without `nginx_ingress_controller_`. */
  readonly exclude: readonly string[];
}

/** Names of every flag that the controller takes, without dashes. */
export const CONTROLLER_FLAGS = Object.freeze(Object.keys(FLAG_TABLE));

/**
 * Reads the controller's command line.
 * @throws FlagError for what the original does not start with, in its words
 */
export function parseControllerFlags(argv: readonly string[]): Flags {
  const given = parseFlagSet(FLAG_TABLE, argv);
  const value = <N extends FlagName>(name: N): FlagValues[N] =>
    (given.has(name) ? given.get(name) : FLAG_TABLE[name].default) as FlagValues[N];
  if (value('version')) throw new NothingToRun(false);
  refuseTogether(value, 'publish-service', 'publish-status-address');
  refuseTogether(value, 'watch-namespace', 'watch-namespace-selector');
  return {
    controllerClass: value('controller-class'),
    ingressClass: value('ingress-class'),
    ingressClassByName: value('ingress-class-by-name'),
    watchIngressWithoutClass: value('watch-ingress-without-class'),
    publishService: value('publish-service'),
    publishStatusAddress: value('publish-status-address'),
    updateStatus: value('update-status'),
    updateStatusOnShutdown: value('update-status-on-shutdown'),
    reportNodeInternalIp: value('report-node-internal-ip-address'),
    enableMetrics: value('enable-metrics'),
    configMap: value('configmap'),
    electionId: value('election-id'),
    defaultBackendService: value('default-backend-service'),
    defaultSslCertificate: value('default-ssl-certificate'),
    watchNamespace: value('watch-namespace'),
    watchNamespaceSelector: readSelector(value('watch-namespace-selector')),
    annotationsPrefix: value('annotations-prefix'),
    httpPort: value('http-port'),
    httpsPort: value('https-port'),
    healthzPort: value('healthz-port'),
    defaultServerPort: value('default-server-port'),
    healthCheckPath: value('health-check-path'),
    shutdownGracePeriod: value('shutdown-grace-period') * 1000,
    postShutdownGracePeriod: given.has('post-shutdown-grace-period') ? value('post-shutdown-grace-period') * 1000 : 0,
    electionTtl: value('election-ttl'),
    disableLeaderElection: value('disable-leader-election'),
    disableSyncEvents: value('disable-sync-events'),
    disableFullTest: value('disable-full-test'),
    disableSvcExternalName: value('disable-svc-external-name'),
    webhookPort: Number(/:(\d+)$/.exec(value('validating-webhook'))?.[1] ?? 0),
    webhookAddress: value('validating-webhook'),
    webhookCertificate: value('validating-webhook-certificate'),
    webhookKey: value('validating-webhook-key'),
    deepInspect: value('deep-inspect'),
    disableCatchAll: value('disable-catch-all'),
    enableSslPassthrough: value('enable-ssl-passthrough'),
    metrics: {
      perHost: value('metrics-per-host'),
      perUndefinedHost: value('metrics-per-undefined-host'),
      statusClasses: value('report-status-classes'),
      timeBuckets: value('time-buckets'),
      lengthBuckets: value('length-buckets'),
      sizeBuckets: value('size-buckets'),
      exclude: value('exclude-socket-metrics'),
    },
  };
}

type TextFlag = 'publish-service' | 'publish-status-address' | 'watch-namespace' | 'watch-namespace-selector';

function refuseTogether(value: (name: TextFlag) => string, one: TextFlag, other: TextFlag): void {
  if (value(one) === '' || value(other) === '') return;
  throw new FlagError(`flags --${one} and --${other} are mutually exclusive`, FATAL);
}

/** Code with which klog.Fatal ends a process. */
const FATAL = 255;

function readSelector(text: string): LabelSelector | undefined {
  if (text === '') return undefined;
  try {
    return parseLabelSelector(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new FlagError(`failed to parse --watch-namespace-selector=${text}, error: ${reason}`, FATAL);
  }
}
