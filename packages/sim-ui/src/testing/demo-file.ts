/** The end of the canary scenario, as the server sends its text; the weight stands on the line that it names. */
export function demoFile(weight: string): string {
  return DEMO.replace('WEIGHT', weight);
}

/** 1-based line of the weight annotation. */
export function weightLine(): number {
  return DEMO.slice(0, DEMO.indexOf('WEIGHT')).split('\n').length;
}

const DEMO = `# A canary: version 0.9.0 gets 5 of every 100 requests, 0.8.0 the rest.
apiVersion: sandbox.k8s-ingress.dev/v1
kind: Scenario
metadata:
  name: canary
spec:
  seed: 1
  addons: [ingress-nginx]   # Ingress controllers are not started automatically with a cluster
  load: { url: "http://LOAD_BALANCER/", rate: 20, autoStart: true }
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: netflix-frontend
spec:
  replicas: 2
  selector:
    matchLabels:
      app: netflix-frontend
  template:
    metadata:
      labels:
        app: netflix-frontend
    spec:
      containers:
      - name: frontend
        image: netflix-frontend:0.8.0
        ports:
        - containerPort: 3000
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: netflix-frontend
spec:
  ingressClassName: nginx
  rules:
  - host: k8s-ingressn-ingressn-65f99d2d5a.elb.us-east-1.localhost
    http:
      paths:
      - path: /
        pathType: Prefix
        backend:
          service:
            name: netflix-frontend
            port:
              number: 3000
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: canary
  annotations:
    nginx.ingress.kubernetes.io/canary: "true"       # annotations are strings: keep the quotes
    nginx.ingress.kubernetes.io/canary-weight: "WEIGHT"   # of 100 requests
spec:
  ingressClassName: nginx
  rules:
  - host: k8s-ingressn-ingressn-65f99d2d5a.elb.us-east-1.localhost   # must be the host of the netflix-frontend Ingress
    http:
      paths:
      - path: /
        pathType: Prefix
        backend:
          service:
            name: netflix-frontend-canary
            port:
              number: 3000
`;
