/** Something wrong that people hand to `run` and `validate`. */
export interface BadInput {
  readonly what: string;
  /** What is given: a file with this text, or a name that is given as it is. */
  readonly text?: string | Uint8Array;
  readonly name?: string;
  /** Line and column, where there is one. */
  readonly place?: string;
  readonly message: RegExp;
  /** What to do about it. */
  readonly fix: RegExp;
}

const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
  - port: 80
    targetPort: 8080
`;

const INGRESS = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/canary: "true"
    nginx.ingress.kubernetes.io/canary-weight: "5"
spec:
  ingressClassName: nginx
  rules:
  - host: shop.example.com
    http:
      paths:
      - path: /
        pathType: Prefix
        backend:
          service:
            name: web
            port:
              number: 80
`;

const lostIndentation = INGRESS.replaceAll(/^ +/gm, '');
const aliasBomb = `a: &a [x, x, x, x, x, x, x, x, x, x]\n${[...'bcdefgh']
  .map((name, i) => `${name}: &${name} [${Array(10).fill(`*${'abcdefgh'[i]}`).join(', ')}]\n`)
  .join('')}`;

/** Text for a shell that was never expanded. */
const VARIABLE = ['$', '{HOST}'].join('');

export const BAD_INPUT: readonly BadInput[] = Object.freeze([
  {
    what: 'not YAML',
    text: '<html><body>Not found</body></html>\n',
    place: '1:1',
    message: /HTML|web page/i,
    fix: /raw|download|manifest/i,
  },
  {
    what: 'a binary file',
    text: new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]),
    message: /binary|not text|gzip|UTF-8/i,
    fix: /\S/,
  },
  {
    what: 'a bracket that is not closed',
    text: SERVICE.replace('selector:\n', 'selector: [\n'),
    place: '6:13',
    message: /never closed/,
    fix: /Close/,
  },
  { what: 'a tab', text: SERVICE.replace('  selector', '\tselector'), place: '6:1', message: /tab/, fix: /two spaces/ },
  {
    what: 'lost indentation',
    text: lostIndentation,
    place: '4:1',
    message: /indentation was lost/,
    fix: /It should read:\n(.*\n)+? {8}rules:/,
  },
  {
    what: 'curly quotes',
    text: INGRESS.replace('"true"', '“true”'),
    place: '6:41',
    message: /curly|“/,
    fix: /"true"|straight/i,
  },
  {
    what: 'a non-breaking space',
    text: SERVICE.replace('  name: web', '\u00a0 name: web'),
    place: '4:1',
    message: /non-breaking space/i,
    fix: /space/,
  },
  { what: 'an empty file', text: '', message: /empty/, fix: /\S/ },
  { what: 'only comments', text: '# nothing\n---\n# here\n', message: /empty|no object|only comments/, fix: /\S/ },
  {
    what: 'an unknown kind',
    text: SERVICE.replace('kind: Service', 'kind: Servce'),
    place: '2:7',
    message: /Servce/,
    fix: /did you mean .*Service/i,
  },
  {
    what: 'a wrong apiVersion',
    text: INGRESS.replace('networking.k8s.io/v1', 'extensions/v1beta1'),
    place: '1:13',
    message: /no matches for kind "Ingress" in version "extensions\/v1beta1"/,
    fix: /networking\.k8s\.io\/v1/,
  },
  { what: 'no kind', text: SERVICE.replace('kind: Service\n', ''), message: /kind/, fix: /kind/ },
  { what: 'a missing file', name: 'webb.yaml', message: /webb\.yaml: no such file/, fix: /scenarios|did you mean/ },
  { what: 'a folder without YAML', name: 'empty-folder', message: /empty-folder: no \.yaml/, fix: /Name a file/ },
  { what: 'more than 10 MB', text: `${SERVICE}# ${'x'.repeat(10 * 1024 * 1024)}\n`, message: /10 MB/, fix: /\S/ },
  {
    what: 'more than 5,000 documents',
    text: '---\na: 1\n'.repeat(5001),
    message: /more than 5,?000 (documents|objects)/,
    fix: /\S/,
  },
  { what: 'a depth of more than 100', text: `a: ${'['.repeat(200)}${']'.repeat(200)}\n`, message: /100/, fix: /\S/ },
  { what: 'an alias bomb', text: aliasBomb, message: /alias.* limit is 1,?000/, fix: /\S/ },
  {
    what: '__proto__ as a key',
    text: SERVICE.replace('  name: web', '  name: web\n  __proto__: { polluted: yes }'),
    place: '5:3',
    message: /__proto__/,
    fix: /\S/,
  },
  {
    what: 'a Helm template',
    text: INGRESS.replace('name: web', 'name: {{ .Values.name }}'),
    place: '4:9',
    message: /Helm/,
    fix: /helm template/,
  },
  {
    what: 'a kustomization.yaml',
    text: 'resources:\n- deployment.yaml\nnamePrefix: dev-\n',
    message: /kustomiz/i,
    fix: /kustomize build|kubectl kustomize/,
  },
  {
    what: 'a docker-compose.yml',
    text: 'services:\n  web:\n    image: nginx\n    ports: ["80:80"]\n',
    message: /compose/i,
    fix: /kompose|Deployment/,
  },
  {
    what: 'a values.yaml',
    text: 'replicaCount: 2\nimage:\n  repository: nginx\n  tag: "1.27"\nservice:\n  type: ClusterIP\n',
    message: /values/i,
    fix: /helm template/,
  },
  {
    what: 'a variable',
    text: INGRESS.replace('shop.example.com', VARIABLE),
    place: '11:11',
    message: /\$\{HOST\}/,
    fix: /envsubst|value/,
  },
  {
    what: 'YOUR_…_HERE',
    text: INGRESS.replace('shop.example.com', 'YOUR_ELB_or_ROUTE53_DOMAIN_HERE'),
    place: '11:11',
    message: /placeholder YOUR_ELB_or_ROUTE53_DOMAIN_HERE/,
    fix: /host name/,
  },
  {
    what: 'TODO',
    text: INGRESS.replace('name: web\n            port', 'name: TODO\n            port'),
    place: '18:19',
    message: /TODO/,
    fix: /Write/,
  },
  {
    what: 'an unquoted annotation',
    text: INGRESS.replace('"true"', 'true'),
    place: '6:41',
    message: /canary|bool/,
    fix: /"true"/,
  },
  {
    what: 'an unquoted number',
    text: INGRESS.replace('"5"', '5'),
    place: '7:48',
    message: /canary-weight|number/,
    fix: /"5"/,
  },
  {
    what: 'a misspelt field',
    text: SERVICE.replace('targetPort', 'tragetPort'),
    place: '10:5',
    message: /unknown field "spec\.ports\[0\]\.tragetPort"/,
    fix: /targetPort/,
  },
  {
    what: 'a key twice',
    text: SERVICE.replace('  name: web', '  name: web\n  name: web2'),
    place: '5:3',
    message: /name.*(twice|already)/i,
    fix: /\S/,
  },
]);

/** A bad command line. */
export interface BadCommand {
  readonly what: string;
  readonly args: readonly string[];
  readonly code: number;
  readonly message: RegExp;
}

export const BAD_COMMANDS: readonly BadCommand[] = Object.freeze([
  {
    what: 'an unknown flag',
    args: ['run', 'web.yaml', '--htp-port', '0'],
    code: 2,
    message: /unknown flag --htp-port, did you mean --http-port\?/,
  },
  {
    what: 'a flag without its value',
    args: ['web.yaml', '--http-port'],
    code: 2,
    message: /--http-port needs a value/,
  },
  {
    what: 'a port that is none',
    args: ['web.yaml', '--http-port', '99999'],
    code: 2,
    message: /--http-port takes a port from 0 to 65535, not "99999"/,
  },
  {
    what: 'an unknown command',
    args: ['vaildate', 'web.yaml'],
    code: 2,
    message: /unknown command vaildate, did you mean validate\?/,
  },
  { what: 'run without a file', args: ['run'], code: 2, message: /run needs a file/ },
  { what: 'validate without a file', args: ['validate'], code: 2, message: /validate needs a file/ },
  {
    what: 'a misspelt scenario',
    args: ['scenarios/cannary.yaml'],
    code: 1,
    message: /no such file; did you mean .*canary/,
  },
  { what: 'stop without a sandbox', args: ['stop'], code: 3, message: /no sandbox is running/ },
]);
