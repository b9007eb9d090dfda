import type { Ingress } from '../api/networking-v1/ingress.ts';
import { type KubeObject, objectKey } from '../apimachinery/object-meta.ts';
import type { AnnotationProblem } from './annotations/parse-annotations.ts';
import type { Flags } from './flags.ts';
import { type Klog, structured } from './klog.ts';
import type { ReplicaParts } from './replica-parts.ts';
import type { Addresses } from './status-addresses.ts';

/** What a replica says of its own life, in the original's words (cmd/nginx/main.go, internal/ingress/controller/nginx.go). */
export class ControllerLog {
  readonly #log: Klog;
  readonly #flags: Flags;
  readonly #lock: string;

  /** @param namespace of the controller */
  constructor(log: Klog, flags: Flags, namespace: string) {
    this.#log = log;
    this.#flags = flags;
    this.#lock = `${namespace}/${flags.electionId}`;
  }

  /** Before it looks at the cluster. */
  starting({ context, serverVersion }: Pick<ReplicaParts, 'context' | 'serverVersion'>): void {
    const { webhookPort, webhookCertificate: path, webhookKey: key } = this.#flags;
    const { major, minor, gitVersion: git, gitTreeState: state, gitCommit: commit, platform } = serverVersion;
    const { KUBERNETES_SERVICE_HOST: host = '10.96.0.1', KUBERNETES_SERVICE_PORT: port = '443' } = context.env;
    this.#log.warning('client_config.go:682', NO_KUBECONFIG);
    this.#info('main.go:205', 'Creating API client', { host: `https://${host}:${port}` });
    this.#info('main.go:248', 'Running in Kubernetes cluster', { major, minor, git, state, commit, platform });
    this.#info('main.go:101', 'SSL fake certificate created', { file: FAKE_CERTIFICATE_FILE });
    if (webhookPort !== 0) this.#info('ssl.go:535', 'loading tls certificate', { path, key });
    if (!this.#flags.updateStatus)
      this.#log.warning('nginx.go:137', 'Update of Ingress status is disabled (flag --update-status)');
    this.#info('nginx.go:273', 'Starting NGINX Ingress controller');
  }

  /** When it has seen what there is. */
  startingNginx(): void {
    const { webhookPort, webhookAddress: address, webhookCertificate, webhookKey, disableLeaderElection } = this.#flags;
    this.#info('nginx.go:319', 'Starting NGINX process');
    if (!disableLeaderElection)
      this.#info('leaderelection.go:258', 'Attempting to acquire leader lease...', { lock: this.#lock });
    const files = { address, certPath: webhookCertificate, keyPath: webhookKey };
    if (webhookPort !== 0) this.#info('nginx.go:339', 'Starting validation webhook', files);
  }

  acquiredLease(): void {
    this.#info('leaderelection.go:272', 'Successfully acquired lease', { lock: this.#lock });
  }

  newLeader(identity: string): void {
    this.#info('status.go:85', 'New leader elected', { identity });
  }

  changesDetected(): void {
    this.#info('controller.go:217', 'Configuration changes detected, backend reload required');
  }

  reloaded(isFirst: boolean): void {
    this.#info('controller.go:231', 'Backend successfully reloaded');
    if (isFirst) this.#info('controller.go:243', 'Initial sync, sleeping for 1 second');
  }

  /** @param reason what `nginx -t` said */
  reloadFailed(reason: string): void {
    this.#log.error('controller.go:226', `Unexpected failure reloading the backend:\n${testFailure(reason)}`);
  }

  serviceMissing(key: string): void {
    const why = `no object matching key "${key}" in local store`;
    this.#log.warning('controller.go:1135', `Error obtaining Endpoints for Service "${key}": ${why}`);
  }

  withoutEndpoint(key: string): void {
    this.#log.warning('controller.go:1241', `Service "${key}" does not have any active Endpoint.`);
  }

  foundClass(ingress: Ingress, ingressclass: string): void {
    this.#info('store.go:443', 'Found valid IngressClass', { ingress: objectKey(ingress), ingressclass });
  }

  ignored(ingress: Ingress, error: string, isDeleted = false): void {
    const text = 'Ignoring ingress because of error while validating ingress class';
    this.#info(isDeleted ? 'store.go:406' : 'store.go:439', text, { ingress: objectKey(ingress), error });
  }

  classChanged(ingress: Ingress, ingressclass: string | undefined): void {
    const key = objectKey(ingress);
    if (ingressclass === undefined)
      this.#info('store.go:483', 'removing ingress because of unknown ingressclass', { ingress: key });
    else this.#info('store.go:479', 'creating ingress', { ingress: key, ingressclass });
  }

  /** Values that deny a location, or for which the whole Ingress is not taken in. */
  badAnnotations(ingress: Ingress, failure: string | undefined, problems: readonly AnnotationProblem[]): void {
    if (failure !== undefined) {
      const text = structured('ingress contains invalid annotation value');
      this.#log.error('annotations.go:193', `${text} err=${structured(failure)}`);
      return;
    }
    const denied = problems.find(({ effect }) => effect === 'deny');
    if (denied === undefined) return;
    const values = { err: denied.reason, name: denied.annotation, ingress: objectKey(ingress) };
    this.#log.error('annotations.go:216', structured('error reading Ingress annotation', values));
  }

  /** What was recorded as an Event is logged as well (client-go/tools/record/event.go, StartLogging). */
  event({ kind, apiVersion, metadata }: KubeObject, type: string, reason: string, message: string): void {
    const { namespace = '', name, uid = '', resourceVersion = '' } = metadata;
    const reference = `v1.ObjectReference{Kind:"${kind}", Namespace:"${namespace}", Name:"${name}", UID:"${uid}", APIVersion:"${apiVersion}", ResourceVersion:"${resourceVersion}", FieldPath:""}`;
    this.#log.info('event.go:377', `Event(${reference}): type: '${type}' reason: '${reason}' ${message}`);
  }

  updatingStatus({ metadata, status }: Ingress, newValue: Addresses): void {
    const currentValue = status?.loadBalancer?.ingress ?? null;
    const of = { namespace: metadata.namespace ?? '', ingress: metadata.name };
    this.#info('status.go:311', 'updating Ingress status', { ...of, currentValue, newValue });
  }

  removingStatus(address: Addresses): void {
    this.#info('status.go:134', 'removing value from ingress status', { address });
  }

  terminating(): void {
    this.#info('sigterm.go:36', 'Received SIGTERM, shutting down');
  }

  shuttingDown(): void {
    this.#info('nginx.go:393', 'Shutting down controller queues');
  }

  stopped(): void {
    if (this.#flags.webhookPort !== 0) this.#info('nginx.go:401', 'Stopping admission controller');
    this.#info('nginx.go:409', 'Stopping NGINX process');
    this.#info('nginx.go:422', 'NGINX process has stopped');
    const seconds = this.#flags.postShutdownGracePeriod / 1000;
    this.#log.info('sigterm.go:44', `Handled quit, delaying controller exit for ${seconds} seconds`);
  }

  exiting(): void {
    this.#info('sigterm.go:47', 'Exiting', { code: 0 });
  }

  #info(place: string, text: string, values: Readonly<Record<string, unknown>> = {}): void {
    this.#log.info(place, structured(text, values));
  }
}

const NO_KUBECONFIG =
  'Neither --kubeconfig nor --master was specified.  Using the inClusterConfig.  This might not work.';
const FAKE_CERTIFICATE_FILE = '/etc/ingress-controller/ssl/default-fake-certificate.pem';

const RULE = '-'.repeat(79);

/** What the original makes of a failed `nginx -t` (nginx.go, testTemplate). */
export function testFailure(reason: string): string {
  return `\n${RULE}\nError: exit status 1\n${reason}\nnginx: configuration file /tmp/nginx/nginx-cfg test failed\n\n${RULE}\n`;
}
