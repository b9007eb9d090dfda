import type { Fields } from './document.ts';
import { isFields } from './document.ts';
import type { Finding, ManifestProblemReason } from './problem.ts';

/** YAML of another tool, told by its keys or by its file's name. */
interface ForeignObject {
  readonly reason: ManifestProblemReason;
  matches(object: Fields, fileName: string): boolean;
  readonly message: string;
  readonly hint: string;
}

const has = (object: Fields, ...keys: string[]): boolean => keys.every((key) => Object.hasOwn(object, key));
const hasAny = (object: Fields, ...keys: string[]): boolean => keys.some((key) => Object.hasOwn(object, key));
const someValue = (value: unknown, test: (fields: Fields) => boolean): boolean =>
  isFields(value) && Object.values(value).some((child) => isFields(child) && test(child));
const group = ({ apiVersion }: Fields): string => String(apiVersion ?? '').split('/')[0] ?? '';

const FOREIGN_OBJECTS: readonly ForeignObject[] = Object.freeze([
  {
    reason: 'Kustomization',
    matches: (object, fileName) =>
      group(object) === 'kustomize.config.k8s.io' ||
      (!has(object, 'apiVersion', 'kind') &&
        (/^kustomization(?:\.ya?ml)?$/i.test(fileName) ||
          hasAny(
            object,
            'configMapGenerator',
            'secretGenerator',
            'patchesStrategicMerge',
            'namePrefix',
            'commonLabels',
          ) ||
          (Array.isArray(object['resources']) && hasAny(object, 'patches', 'images', 'namespace', 'bases')))),
    message: 'this is a kustomization, a recipe for kustomize, not a manifest',
    hint: 'Build it first: kubectl kustomize . > built.yaml, and use built.yaml; or give the files it names.',
  },
  {
    reason: 'HelmChart',
    matches: (object, fileName) =>
      !has(object, 'kind') &&
      (/^chart\.ya?ml$/i.test(fileName) ||
        (has(object, 'name', 'version') && /^v[12]$/.test(String(object['apiVersion'])))),
    message: 'this is the description of a Helm chart (Chart.yaml), not a manifest',
    hint: 'Render the chart first, in its folder: helm template . > rendered.yaml, and use rendered.yaml.',
  },
  {
    reason: 'DockerCompose',
    matches: (object, fileName) =>
      !has(object, 'kind') &&
      (someValue(object['services'], (service) => hasAny(service, 'image', 'build')) ||
        (isFields(object['services']) && /compose.*\.ya?ml$/i.test(fileName))),
    message: 'this is a Docker Compose file, not a Kubernetes manifest',
    hint: 'Convert it with kompose (kompose convert), or write a Deployment and a Service for each of its services.',
  },
  {
    reason: 'Workflow',
    matches: (object) => !has(object, 'apiVersion') && hasAny(object, 'true', 'on') && isFields(object['jobs']),
    message: 'this is a GitHub Actions workflow, not a manifest',
    hint: 'Give the manifests that it applies.',
  },
  {
    reason: 'Workflow',
    matches: (object, fileName) =>
      !has(object, 'apiVersion') &&
      (/^\.gitlab-ci\.ya?ml$/.test(fileName) ||
        (Array.isArray(object['stages']) && someValue(object, (job) => has(job, 'script')))),
    message: 'this is a GitLab CI pipeline, not a manifest',
    hint: 'Give the manifests that it applies.',
  },
  {
    reason: 'OtherTool',
    matches: (object) => object['kind'] === 'Config' && has(object, 'clusters', 'contexts'),
    message: 'this is a kubeconfig (credentials for kubectl), not a manifest',
    hint: 'Keep it to yourself, and give a file with Kubernetes objects.',
  },
  {
    reason: 'OtherTool',
    matches: (object) =>
      group(object) === 'kind.x-k8s.io' || group(object) === 'eksctl.io' || group(object) === 'kubeadm.k8s.io',
    message: 'this describes a cluster for another tool (kind, eksctl, kubeadm), not an object in a cluster',
    hint: 'The cluster is here already: give the manifests that go into it.',
  },
  {
    reason: 'OtherTool',
    matches: (object) => !has(object, 'apiVersion') && hasAny(object, 'openapi', 'swagger') && has(object, 'paths'),
    message: 'this is an OpenAPI description, not a manifest',
    hint: 'Give a file with Kubernetes objects: YAML or JSON with apiVersion and kind.',
  },
  {
    reason: 'OtherTool',
    matches: (object) =>
      !has(object, 'apiVersion') &&
      ((has(object, 'name', 'version') && hasAny(object, 'dependencies', 'scripts', 'devDependencies')) ||
        has(object, 'compilerOptions')),
    message: 'this is a file of a Node.js project, not a manifest',
    hint: 'Give a file with Kubernetes objects: YAML or JSON with apiVersion and kind.',
  },
  {
    reason: 'HelmValues',
    matches: (object, fileName) =>
      !hasAny(object, 'apiVersion', 'kind') &&
      (/(?:^|[-._])values(?:[-._].*)?\.ya?ml$/i.test(fileName) ||
        hasAny(object, 'replicaCount', 'nameOverride', 'fullnameOverride', 'imagePullSecrets', 'podAnnotations') ||
        (isFields(object['image']) && hasAny(object['image'], 'repository', 'tag', 'registry'))),
    message: 'these are the values of a Helm chart, not a manifest',
    hint: 'Render the chart with them: helm template <chart> -f {file} > rendered.yaml, and use rendered.yaml.',
  },
]);

/** Names an object that belongs to another tool. */
export function findForeignObject(value: unknown, file: string): Finding | undefined {
  if (Array.isArray(value)) return ansible(value);
  if (!isFields(value)) return undefined;
  const fileName = file.split(/[\\/]/).at(-1) ?? file;
  const foreign = FOREIGN_OBJECTS.find(({ matches }) => matches(value, fileName));
  if (foreign === undefined) return undefined;
  const { reason, message, hint } = foreign;
  return { reason, message, hint };
}

function ansible(items: readonly unknown[]): Finding | undefined {
  if (!items.some((item) => isFields(item) && has(item, 'hosts') && hasAny(item, 'tasks', 'roles'))) return undefined;
  return {
    reason: 'OtherTool',
    message: 'this is an Ansible playbook, not a manifest',
    hint: 'Give the manifests that it applies.',
  };
}
