import { expect, test } from 'vitest';
import { type Ingress, ingresses } from '../api/networking-v1/ingress.ts';
import { ingressOf } from './testing/ingress-of.ts';
import { TestIngress } from './testing/test-ingress.ts';
import { admit, serveWebhook, WEBHOOK_FLAGS } from './testing/test-webhook.ts';

/* What `kubectl logs` shows of a controller, as v1.15.1 writes it. */

const LB = { hostname: 'k8s.elb.test' };

function world() {
  const made = new TestIngress();
  made.service('web');
  made.publish({ type: 'LoadBalancer' }, [LB]);
  made.configure({});
  return made;
}

/** Lines without time and process: `I main.go:107] text`; what differs from object to object is left out. */
function said(lines: readonly string[]): string[] {
  return lines.map((line) =>
    line
      .replace(/^([IWEF])\d{4} \d\d:\d\d:\d\d\.\d{6} {7}7 /, '$1 ')
      .replace(/UID:"[^"]+"/, 'UID:""')
      .replace(/ResourceVersion:"\d*"/, 'ResourceVersion:""'),
  );
}

const event = (kind: string, namespace: string, name: string, apiVersion: string, rest: string) =>
  `I event.go:377] Event(v1.ObjectReference{Kind:"${kind}", Namespace:"${namespace}", Name:"${name}", UID:"", APIVersion:"${apiVersion}", ResourceVersion:"", FieldPath:""}): type: ${rest}`;
const RELOAD = event(
  'Pod',
  'ingress-nginx',
  'controller-0',
  'v1',
  "'Normal' reason: 'RELOAD' NGINX reload triggered due to a change in configuration",
);
const sync = (name: string) =>
  event('Ingress', 'default', name, 'networking.k8s.io/v1', "'Normal' reason: 'Sync' Scheduled for sync");

test('from the banner to the first address', () => {
  const made = world();
  made.load([
    ingressOf('web', { host: 'app.test', paths: { '/': 'web' } }),
    ingressOf('other', { host: 'o.test', paths: { '/': 'web' }, ingressClassName: 'traefik' }),
  ]);
  const webhook = [
    '--validating-webhook=:8443',
    '--validating-webhook-certificate=/c/cert',
    '--validating-webhook-key=/c/key',
  ];
  const replica = made.start(webhook);
  made.advance(2000);
  const rule = '-'.repeat(79);
  expect(said(replica.log())).toEqual([
    rule,
    'NGINX Ingress controller',
    '  Release:       v1.15.1',
    '  Build:         0df02f2cfcf5fe4ad3cf31492bca770ac2a1606a',
    '  Repository:    https://github.com/kubernetes/ingress-nginx',
    '  nginx version: nginx/1.27.1',
    '',
    rule,
    '',
    'W client_config.go:682] Neither --kubeconfig nor --master was specified.  Using the inClusterConfig.  This might not work.',
    'I main.go:205] "Creating API client" host="https://10.96.0.1:443"',
    'I main.go:248] "Running in Kubernetes cluster" major="1" minor="33" git="v1.33.3" state="clean" commit="a237dcbeee8bbe1440c94349399cc6eac8870910" platform="linux/amd64"',
    'I main.go:101] "SSL fake certificate created" file="/etc/ingress-controller/ssl/default-fake-certificate.pem"',
    'I ssl.go:535] "loading tls certificate" path="/c/cert" key="/c/key"',
    'I nginx.go:273] "Starting NGINX Ingress controller"',
    event(
      'ConfigMap',
      'ingress-nginx',
      'ingress-nginx-controller',
      'v1',
      "'Normal' reason: 'CREATE' ConfigMap ingress-nginx/ingress-nginx-controller",
    ),
    'I store.go:443] "Found valid IngressClass" ingress="default/web" ingressclass="nginx"',
    sync('web'),
    'I store.go:439] "Ignoring ingress because of error while validating ingress class" ingress="default/other" error="no object matching key \\"traefik\\" in local store"',
    'I nginx.go:319] "Starting NGINX process"',
    'I leaderelection.go:258] "Attempting to acquire leader lease..." lock="ingress-nginx/ingress-controller-leader"',
    'I nginx.go:339] "Starting validation webhook" address=":8443" certPath="/c/cert" keyPath="/c/key"',
    'I controller.go:217] "Configuration changes detected, backend reload required"',
    'I controller.go:231] "Backend successfully reloaded"',
    'I controller.go:243] "Initial sync, sleeping for 1 second"',
    RELOAD,
    'I leaderelection.go:272] "Successfully acquired lease" lock="ingress-nginx/ingress-controller-leader"',
    'I status.go:85] "New leader elected" identity="controller-0"',
    'I status.go:311] "updating Ingress status" namespace="default" ingress="web" currentValue=null newValue=[{"hostname":"k8s.elb.test"}]',
    sync('web'),
  ]);
  expect(replica.log()[9]).toMatch(/^W0101 00:00:00\.000000 {7}7 client_config\.go:682\]/);
});

/** What it says of what happens after its start. */
function after(happens: (made: TestIngress) => void, flags: readonly string[] = []): string[] {
  const made = world();
  const replica = made.start(flags);
  made.advance(2000);
  const before = replica.log().length;
  happens(made);
  return said(replica.log().slice(before));
}

test('an Ingress comes, through the webhook', () => {
  const lines = after((made) => {
    const [replica] = made.replicas;
    if (replica !== undefined) serveWebhook(made, replica);
    admit(made, ingressOf('web', { host: 'app.test', paths: { '/': 'web' } }) as Ingress);
    made.manager.settle();
  }, WEBHOOK_FLAGS);
  expect(lines).toEqual([
    'I main.go:107] "successfully validated configuration, accepting" ingress="default/web"',
    'I store.go:443] "Found valid IngressClass" ingress="default/web" ingressclass="nginx"',
    sync('web'),
    'I controller.go:217] "Configuration changes detected, backend reload required"',
    'I controller.go:231] "Backend successfully reloaded"',
    RELOAD,
  ]);
});

test('the webhook passes over what has no class of ours', () => {
  const lines = after((made) => {
    const [replica] = made.replicas;
    if (replica !== undefined) serveWebhook(made, replica);
    admit(made, ingressOf('web', { host: 'app.test', paths: { '/': 'web' }, ingressClassName: 'traefik' }) as Ingress);
  }, WEBHOOK_FLAGS);
  expect(lines).toContain(
    'W controller.go:352] ignoring ingress web in default based on annotation : no object matching key "traefik" in local store',
  );
});

test('Services that are not there, or have nobody behind them', () => {
  const lines = after((made) => {
    made.service('empty', 0);
    made.load([ingressOf('web', { host: 'app.test', paths: { '/a': 'missing', '/b': 'empty' } })]);
    made.load([ingressOf('more', { host: 'more.test', paths: { '/': 'web' } })]);
  });
  expect(lines.filter((line) => line.startsWith('W'))).toEqual([
    'W controller.go:1241] Service "default/empty" does not have any active Endpoint.',
    'W controller.go:1135] Error obtaining Endpoints for Service "default/missing": no object matching key "default/missing" in local store',
  ]);
});

test('what nginx refuses', () => {
  const lines = after((made) => {
    made.load([ingressOf('bad', { host: 'bad.test', paths: { '/a': 'web', '/a/': 'web' } })]);
  });
  expect(lines.slice(2)).toEqual([
    'I controller.go:217] "Configuration changes detected, backend reload required"',
    'E controller.go:226] Unexpected failure reloading the backend:',
    '',
    '-'.repeat(79),
    'Error: exit status 1',
    'nginx: [emerg] duplicate location "/a/"',
    'nginx: configuration file /tmp/nginx/nginx-cfg test failed',
    '',
    '-'.repeat(79),
    '',
    expect.stringContaining(
      "type: 'Warning' reason: 'RELOAD' Error reloading NGINX: nginx: [emerg] duplicate location",
    ),
  ]);
});

test('annotations that deny a location, and those for which the Ingress is not taken in', () => {
  const lines = after((made) => {
    const paths = { '/': 'web' };
    made.load([ingressOf('shut', { host: 'a.test', paths, annotations: { 'whitelist-source-range': 'everybody' } })]);
    made.load([ingressOf('bad', { host: 'b.test', paths, annotations: { 'limit-rps': 'many' } })]);
  });
  expect(lines.filter((line) => line.startsWith('E'))).toEqual([
    expect.stringMatching(
      /^E annotations\.go:216\] "error reading Ingress annotation" err=".*" name=".*whitelist-source-range" ingress="default\/shut"$/,
    ),
    'E annotations.go:193] "ingress contains invalid annotation value" err="annotation nginx.ingress.kubernetes.io/limit-rps contains invalid value"',
  ]);
});

test('an Ingress changes its class, and goes', () => {
  const lines = after((made) => {
    made.load([ingressOf('web', { host: 'app.test', paths: { '/': 'web' } })]);
    const web = made.client.get(ingresses, 'default', 'web') as Ingress;
    made.client.update(ingresses, { ...web, spec: { ...web.spec, ingressClassName: 'traefik' } });
    made.manager.settle();
    made.client.delete(ingresses, 'default', 'web');
    made.manager.settle();
  });
  expect(lines.filter((line) => line.includes('store.go')).slice(1)).toEqual([
    'I store.go:483] "removing ingress because of unknown ingressclass" ingress="default/web"',
    'I store.go:406] "Ignoring ingress because of error while validating ingress class" ingress="default/web" error="no object matching key \\"traefik\\" in local store"',
  ]);
});

test('the end', () => {
  const made = world();
  made.load([ingressOf('web', { host: 'app.test', paths: { '/': 'web' } })]);
  const replica = made.start();
  made.advance(2000);
  const before = replica.log().length;
  replica.end();
  expect(said(replica.log().slice(before))).toEqual([
    'I sigterm.go:36] "Received SIGTERM, shutting down"',
    'I nginx.go:393] "Shutting down controller queues"',
    'I status.go:134] "removing value from ingress status" address=[{"hostname":"k8s.elb.test"}]',
    'I nginx.go:409] "Stopping NGINX process"',
    'I nginx.go:422] "NGINX process has stopped"',
    'I sigterm.go:44] Handled quit, delaying controller exit for 0 seconds',
    'I sigterm.go:47] "Exiting" code=0',
  ]);
});
