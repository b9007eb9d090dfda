/** Files of a new exercise, by their path in its folder: a small one that passes its own test. */
export function templateFiles(name: string): Record<string, string> {
  return {
    'README.md': readme(name),
    'exercise.yaml': document(name),
    'scenario.yaml': SCENARIO,
    'start/web.yaml': DEPLOYMENT,
    'solution/web.yaml': `${DEPLOYMENT}---\n${service('app: web')}`,
    'wrong/selector-matches-nothing/web.yaml': `${DEPLOYMENT}---\n${service('app: frontend')}`,
  };
}

function readme(name: string): string {
  return `# ${name}

What is to be done, in the learner's words.
`;
}

function document(name: string): string {
  return `apiVersion: sandbox.k8s-ingress.dev/v1
kind: Exercise
metadata:
  name: ${name}
spec:
  title: Reach the pods through a Service
  story: |
    Two pods run. Give them one address.
  scenario: scenario.yaml
  checks:
    - { id: service, points: 40, object: { select: $service } }
    - id: pods
      title: The Service has two pods behind it
      points: 60
      requires: [service]
      object:
        select: { kind: EndpointSlice }
        match: { endpoints: { $length: 2 } }
  hints:
    - { check: service, text: "kubectl expose makes one." }
    - { check: pods, text: "Compare the Service's selector with the labels of the pods." }
  wrong:
    selector-matches-nothing: { score: 40, fails: [pods] }
`;
}

const SCENARIO = `# What is there before the submission: settings, and plain Kubernetes objects where you want some.
apiVersion: sandbox.k8s-ingress.dev/v1
kind: Scenario
metadata:
  name: start
spec:
  nodes: 2
`;

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - name: web
        image: web:1.0
        ports:
        - containerPort: 8080
`;

function service(selector: string): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    ${selector}
  ports:
  - port: 80
    targetPort: 8080
`;
}
