/** A ConfigMap: the smallest object that stands for any. */
export function configMap(name: string, namespace?: string): string {
  const place = namespace === undefined ? '' : `\n  namespace: ${namespace}`;
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}${place}\n`;
}

export const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: team\n';

/** The API server refuses its type, in line 5, column 9. */
export const BAD_SERVICE = `apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: ClusterIPs
  ports: [{ port: 80 }]
`;

/** A Deployment with one container of that image. */
export function deployment(name: string, image = 'web:1.0.0', replicas = 1): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: web, image: "${image}", ports: [{ containerPort: 8080 }] }] }
`;
}

export function loadBalancer(name: string, app = name): string {
  return `apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { type: LoadBalancer, selector: { app: ${app} }, ports: [{ port: 80, targetPort: 8080 }] }
`;
}

/** A Scenario document with that spec, in flow style. */
export function scenario(spec: string): string {
  return `apiVersion: sandbox.k8s-ingress.dev/v1\nkind: Scenario\nspec: ${spec}\n`;
}
