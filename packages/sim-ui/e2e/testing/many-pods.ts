/** A Scenario with room for so many pods of one Deployment. */
export function manyPods(count: number): string {
  return `
apiVersion: sandbox.k8s-ingress.dev/v1
kind: Scenario
metadata: { name: many }
spec: { seed: 1, nodes: ${Math.ceil(count / 100) + 3}, addons: [ingress-nginx] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: many }
spec:
  replicas: ${count}
  selector: { matchLabels: { app: many } }
  template:
    metadata: { labels: { app: many } }
    spec: { containers: [{ name: web, image: "web:1", ports: [{ containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: many }
spec: { selector: { app: many }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: many }
spec:
  ingressClassName: nginx
  rules: [{ host: many.test, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: many, port: { number: 80 } } } }] } }]
`;
}
