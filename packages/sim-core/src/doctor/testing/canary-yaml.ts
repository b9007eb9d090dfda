import type { DoctorFinding } from '../../wire.ts';
import { examine } from '../doctor.ts';
import { runningWorld } from './running-world.ts';

export const FILE = 'shop.yaml';

/** What an Ingress of a test is like; what is left out is as it should be. */
export interface IngressLook {
  readonly name?: string;
  /** Lines below `annotations:`, without the prefix: `canary: "true"`. */
  readonly annotations?: readonly string[];
  readonly host?: string;
  readonly path?: string;
  readonly pathType?: string;
  readonly service?: string;
  readonly port?: number;
  readonly className?: string | undefined;
  /** Lines below `spec:`. */
  readonly spec?: readonly string[];
}

/** An Ingress, every field on a line of its own. */
export function ingress(look: IngressLook = {}): string {
  const { name = 'main', annotations = [], host = 'shop.test', path = '/', pathType = 'Prefix', spec = [] } = look;
  const { service = 'web', port = 80 } = look;
  const className = 'className' in look ? look.className : 'nginx';
  return [
    'apiVersion: networking.k8s.io/v1',
    'kind: Ingress',
    'metadata:',
    `  name: ${name}`,
    ...(annotations.length === 0 ? [] : ['  annotations:']),
    ...annotations.map((line) => `    nginx.ingress.kubernetes.io/${line}`),
    'spec:',
    ...(className === undefined ? [] : [`  ingressClassName: ${className}`]),
    ...spec.map((line) => `  ${line}`),
    '  rules:',
    host === '' ? '  - http:' : `  - host: "${host}"\n    http:`,
    '      paths:',
    `      - path: ${path}`,
    `        pathType: ${pathType}`,
    '        backend:',
    '          service:',
    `            name: ${service}`,
    '            port:',
    `              number: ${port}`,
    '',
  ].join('\n');
}

/** A canary Ingress for the main one of {@link ingress}. @param annotations beside `canary: "true"` */
export function canary(look: IngressLook = {}, ...annotations: readonly string[]): string {
  const own = annotations.length === 0 ? ['canary-weight: "20"'] : annotations;
  return ingress({ name: 'canary', service: 'web-canary', annotations: ['canary: "true"', ...own], ...look });
}

/** A Deployment and its Service. */
export function app(name: string, replicas = 1): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  replicas: ${replicas}
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
      - name: web
        image: netflix-frontend:0.9.0
        ports:
        - containerPort: 3000
---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  selector:
    app: ${name}
  ports:
  - port: 80
    targetPort: 3000
`;
}

/** Documents of one file. */
export function file(...documents: readonly string[]): string {
  return documents.join('---\n');
}

/** What the doctor says of a file, without what is only to be known. */
export function diagnoses(text: string): DoctorFinding[] {
  return examine(runningWorld({ [FILE]: text }).world()).filter(({ severity }) => severity !== 'info');
}
