import { keyOf } from '../../apimachinery/object-meta.ts';
import { type Replica, replicas } from '../../doctor/controllers.ts';
import type { World } from '../../doctor/world.ts';
import type { NginxConfiguration } from '../../ingress-nginx/nginx/configuration.ts';
import { controllerPorts } from '../../ingress-nginx/nginx/print-conf/printing.ts';
import { type ConfPorts, confLines, filesOf } from '../../ingress-nginx/nginx/print-conf.ts';
import type { NginxConf, NginxConfQuery } from '../../wire.ts';
import { forHost } from './for-host.ts';
import { LineSources } from './line-sources.ts';
import { confText } from './text.ts';

/**
 * nginx.conf of a replica that runs, each line with the annotation, ConfigMap key, flag or rule that wrote it, and its
 * place in the user's files.
 * @returns undefined where no controller runs
 */
export function nginxConf(query: NginxConfQuery, world: World): NginxConf | undefined {
  const [replica] = replicas(world);
  if (replica === undefined) return undefined;
  const configuration = configurationOf(replica, query);
  const printed = confLines(configuration, portsOf(query, configuration));
  const sources = new LineSources(replica, world);
  const lines = printed.map((line) => ({ text: line.text, sources: sources.of(line), isOwn: line.isOwn }));
  const { namespace = '', name } = replica.pod.metadata;
  const conf = { pod: keyOf(namespace, name), failure: replica.nginx.failure(), lines };
  if (query.files !== true) return conf;
  return { ...conf, files: [{ path: 'nginx.conf', content: confText(conf), isSecret: false }, ...filesOf(printed)] };
}

function configurationOf({ nginx }: Replica, { host, refused }: NginxConfQuery) {
  const { configuration } = nginx.proxy.running;
  const chosen = refused === true ? (nginx.refused() ?? configuration) : configuration;
  return host === undefined ? chosen : forHost(chosen, host);
}

function portsOf({ httpPort, httpsPort }: NginxConfQuery, configuration: NginxConfiguration): ConfPorts {
  const { http, https, defaultBackend } = controllerPorts(configuration.http);
  return { http: httpPort ?? http, https: httpsPort ?? https, defaultBackend };
}
