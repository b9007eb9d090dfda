import { globToRegExp } from './image-pattern.ts';
import { type ImageReference, imageName } from './image-reference.ts';

/** What an image holds besides its program: whose commands, which shell, which further tools. */
export interface ImageTools {
  /** `none`: nothing at all can be executed (distroless, scratch). */
  readonly userland: 'busybox' | 'debian' | 'none';
  /** Names of the commands that are there. */
  readonly commands: ReadonlySet<string>;
  readonly osRelease: 'alpine' | 'debian' | 'ubuntu' | 'busybox';
  readonly user: { readonly name: string; readonly uid: number; readonly gid: number };
  /** Where the program's files are and processes start. */
  readonly workingDirectory: string;
}

const words = (text: string): readonly string[] => Object.freeze(text.split(' '));

const COREUTILS = words(
  '[ basename cat chmod chown cp cut date df dirname du echo env expr false head hostname id ln ls md5sum mkdir mktemp mv nproc ' +
    'printenv printf pwd readlink realpath rm rmdir sed seq sha256sum sleep sort stat tail tee test timeout touch tr true ' +
    'uname uniq uptime wc which whoami yes base64 grep find xargs sync tty',
);
const BUSYBOX = Object.freeze([
  ...COREUTILS,
  ...words(
    'sh ash awk egrep fgrep free ifconfig ip kill killall nc netstat nslookup ping ping6 ps route tar telnet top vi watch wget clear',
  ),
]);
/** A Debian image without anything further: no ps, no ping, no network tools. */
const DEBIAN = Object.freeze([...COREUTILS, ...words('sh dash bash awk egrep fgrep tar clear kill')]);
const NET_TOOLS = words('curl wget dig nslookup host ping ip ifconfig netstat ss nc ps free top telnet traceroute');

const ROOT = Object.freeze({ name: 'root', uid: 0, gid: 0 });

interface ToolSet {
  readonly userland: ImageTools['userland'];
  readonly osRelease: ImageTools['osRelease'];
  readonly extra?: readonly string[];
  readonly user?: ImageTools['user'];
  readonly workingDirectory?: string;
}

const ALPINE: ToolSet = Object.freeze({ userland: 'busybox', osRelease: 'alpine' });
const SLIM: ToolSet = Object.freeze({ userland: 'debian', osRelease: 'debian' });
const NONE: ToolSet = Object.freeze({ userland: 'none', osRelease: 'debian' });
/** Images that nobody knows: a Debian with everything that helps to look around. */
const UNKNOWN: ToolSet = Object.freeze({ ...SLIM, extra: NET_TOOLS });

/** What is in which image; the first that matches `registry/repository:tag`. */
const IMAGES: readonly (readonly [glob: string, tools: ToolSet])[] = Object.freeze([
  ['*/library/busybox:*', { userland: 'busybox', osRelease: 'busybox' }],
  ['registry.k8s.io/*busybox:*', { userland: 'busybox', osRelease: 'busybox' }],
  ['docker.io/radial/busyboxplus:*', { userland: 'busybox', osRelease: 'busybox', extra: words('curl') }],
  ['*/library/alpine:*', { ...ALPINE, extra: words('apk') }],
  ['*/library/bash:*', { ...ALPINE, extra: words('bash') }],
  [
    'docker.io/curlimages/curl:*',
    {
      ...ALPINE,
      extra: words('curl'),
      user: { name: 'curl_user', uid: 100, gid: 101 },
      workingDirectory: '/home/curl_user',
    },
  ],
  [
    'docker.io/nicolaka/netshoot:*',
    { ...ALPINE, extra: [...NET_TOOLS, ...words('bash zsh apk jq')], workingDirectory: '/root' },
  ],
  [
    '*/ingress-nginx/controller*',
    {
      ...ALPINE,
      extra: words('bash curl nginx openssl'),
      user: { name: 'www-data', uid: 101, gid: 82 },
      workingDirectory: '/etc/nginx',
    },
  ],
  ['registry.k8s.io/e2e-test-images/agnhost:*', { ...ALPINE, extra: words('curl dig') }],
  ['registry.k8s.io/e2e-test-images/jessie-dnsutils:*', { ...SLIM, extra: words('dig nslookup host ping') }],
  ['registry.k8s.io/e2e-test-images/nginx:*', { ...ALPINE, extra: words('nginx') }],
  ['registry.k8s.io/echoserver:*', { ...SLIM, extra: words('curl nginx'), osRelease: 'ubuntu' }],
  ['registry.k8s.io/*', NONE],
  ['gcr.io/distroless/*', NONE],
  ['docker.io/traefik/whoami:*', NONE],
  ['docker.io/containous/whoami:*', NONE],
  ['docker.io/hashicorp/http-echo:*', NONE],
  ['docker.io/mccutchen/go-httpbin:*', NONE],
  ['docker.io/argoproj/rollouts-demo:*', NONE],
  ['*/library/hello-world:*', NONE],
  ['*/library/traefik:*', ALPINE],
  [
    'docker.io/stefanprodan/podinfo:*',
    { ...ALPINE, extra: words('curl'), user: { name: 'app', uid: 100, gid: 101 }, workingDirectory: '/home/app' },
  ],
  ['docker.io/ealen/echo-server:*', { ...ALPINE, extra: words('node'), workingDirectory: '/app' }],
  [
    '*nginx-unprivileged:*alpine*',
    { ...ALPINE, extra: words('curl nginx'), user: { name: 'nginx', uid: 101, gid: 101 } },
  ],
  ['*nginx*:*alpine*', { ...ALPINE, extra: words('curl nginx') }],
  ['*nginx-unprivileged:*', { ...SLIM, extra: words('curl nginx'), user: { name: 'nginx', uid: 101, gid: 101 } }],
  ['*/library/nginx:*', { ...SLIM, extra: words('curl nginx') }],
  ['docker.io/bitnami/*', { ...SLIM, extra: words('curl nginx'), user: { name: '1001', uid: 1001, gid: 0 } }],
  ['*/library/ubuntu:*', { ...SLIM, osRelease: 'ubuntu', extra: words('ps free top apt apt-get') }],
  ['*/library/debian:*', { ...SLIM, extra: words('apt apt-get') }],
  ['*/library/httpd:*', { ...SLIM, workingDirectory: '/usr/local/apache2' }],
  ['*/library/redis:*', { ...SLIM, workingDirectory: '/data' }],
  ['*/library/*:*alpine*', ALPINE],
  ['*/library/postgres:*', SLIM],
  ['*/library/mysql:*', SLIM],
  ['*/library/mariadb:*', SLIM],
  ['*:*alpine*', ALPINE],
  ['*:*distroless*', NONE],
]);

/** The table with its patterns and sets made once. */
const KNOWN: readonly (readonly [pattern: RegExp, tools: ImageTools])[] = Object.freeze(
  IMAGES.map(([glob, set]): [RegExp, ImageTools] => [globToRegExp(glob), toolsFrom(set)]),
);
const OTHERS = toolsFrom(UNKNOWN);

/** What an image holds. Images that nobody knows have a shell and network tools. */
export function toolsOf(image: ImageReference): ImageTools {
  const name = `${imageName(image)}:${image.tag}`;
  return KNOWN.find(([pattern]) => pattern.test(name))?.[1] ?? OTHERS;
}

function toolsFrom(set: ToolSet): ImageTools {
  const own = set.userland === 'busybox' ? BUSYBOX : set.userland === 'debian' ? DEBIAN : [];
  return Object.freeze({
    userland: set.userland,
    commands: new Set([...own, ...(set.extra ?? [])]),
    osRelease: set.osRelease,
    user: set.user ?? ROOT,
    workingDirectory: set.workingDirectory ?? '/',
  });
}
