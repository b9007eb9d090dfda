import { nginxConf } from '../../explain/nginx-conf/nginx-conf.ts';
import { confText } from '../../explain/nginx-conf/text.ts';
import { writeNginxFolder } from '../../host/nginx-folder.ts';
import type { Cluster } from '../../index.ts';
import type { NginxConf, NginxConfQuery, NginxFile } from '../../wire.ts';
import { type Command, type Output, PROGRAM } from '../command.ts';
import { ControlClient, findSandbox, SANDBOX_FLAG } from '../control-client.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { type FlagValues, parseFlags } from '../flags.ts';
import { describeProblem } from '../outcome-lines.ts';
import { readManifests } from '../read-manifests.ts';
import { virtualCluster } from '../virtual-cluster.ts';
import { PLAIN_EDGE, worldOf } from '../world.ts';

const FLAGS = {
  dir: { type: 'text', value: 'DIR', help: 'writes nginx.conf there, with certificates and all else that it names' },
  host: { type: 'text', value: 'HOST', help: 'only the server that answers for this host' },
  sources: { type: 'switch', default: true, help: 'behind each line, what wrote it' },
  refused: { type: 'switch', default: false, help: 'of a running sandbox: what nginx refused last, where it did' },
  'http-port': { type: 'port', default: 8080, help: 'with --dir: the port for http' },
  'https-port': { type: 'port', default: 8443, help: 'with --dir: the port for https' },
  addon: { type: 'list', oneOf: ['ingress-nginx'], help: 'with files: as if this add-on ran' },
  name: SANDBOX_FLAG,
  output: { type: 'text', oneOf: ['text', 'json'], default: 'text', help: 'how to print' },
} as const;

type PrintFlags = FlagValues<typeof FLAGS>;

export const printConf: Command = {
  flags: FLAGS,
  examples: ['print-conf', 'print-conf canary.yaml --host shop.example.com', 'print-conf canary.yaml --dir nginx'],
  async run(argv, output) {
    const { flags, positionals } = parseFlags(FLAGS, argv);
    const isLive = positionals.length === 0;
    const conf = isLive ? await ofSandbox(flags) : ofFiles(positionals, flags, output);
    if (conf === undefined) throw new CliError(EXIT.refused, 'no ingress controller runs here');
    if (flags.dir === undefined) print(conf, flags, output);
    else write(flags.dir, conf, output);
    return tellFailure(conf, !isLive || flags.refused === true, output);
  },
};

/** What runs, or with `--refused` what nginx did not take. */
function ofSandbox(flags: PrintFlags): Promise<NginxConf> {
  const { host, refused, files, httpPort, httpsPort } = queryOf(flags);
  const query = new URLSearchParams({ refused: String(refused), files: String(files) });
  if (host !== undefined) query.set('host', host);
  if (httpPort !== undefined) query.set('http-port', String(httpPort));
  if (httpsPort !== undefined) query.set('https-port', String(httpsPort));
  return new ControlClient(findSandbox(flags.name)).get<NginxConf>(`/api/v1/nginx-conf?${query}`);
}

/** What the controller makes of these files, taken by nginx or not. */
function ofFiles(names: readonly string[], flags: PrintFlags, output: Output): NginxConf | undefined {
  const { input, manifests } = readManifests('print-conf', names, { packaged: true });
  for (const note of input.notes) output.err(note);
  const printed = (addon: readonly string[]) => {
    const { cluster, outcomes } = virtualCluster(input, manifests, { addon });
    return {
      cluster,
      outcomes,
      conf: nginxConf({ ...queryOf(flags), refused: true }, worldOf(cluster, outcomes, PLAIN_EDGE)),
    };
  };
  const own = printed(flags.addon);
  for (const problem of own.outcomes.flatMap(({ problems }) => problems)) output.err(describeProblem(problem));
  if (own.conf !== undefined || isOneAskedFor(own.cluster)) return own.conf;
  output.err('No ingress controller runs in these manifests; printed as with --addon ingress-nginx.');
  return printed(['ingress-nginx']).conf;
}

function isOneAskedFor(cluster: Cluster): boolean {
  return cluster.settings.addons.includes('ingress-nginx');
}

function queryOf({ host, refused, dir, ...flags }: PrintFlags): NginxConfQuery {
  const ports = dir === undefined ? {} : { httpPort: flags['http-port'], httpsPort: flags['https-port'] };
  return {
    refused: refused === true,
    files: dir !== undefined,
    ...(host === undefined ? {} : { host }),
    ...(ports.httpPort === undefined ? {} : { httpPort: ports.httpPort }),
    ...(ports.httpsPort === undefined ? {} : { httpsPort: ports.httpsPort }),
  };
}

function print(conf: NginxConf, flags: PrintFlags, output: Output): void {
  if (flags.output === 'json') output.out(JSON.stringify(conf));
  else output.write(confText(conf, { sources: flags.sources === true }));
}

/** @throws CliError environment where the folder cannot be written */
function write(folder: string, { files = [] }: NginxConf, output: Output): void {
  try {
    writeNginxFolder(folder, files);
  } catch (error) {
    throw new CliError(EXIT.environment, `${folder} cannot be written: ${(error as Error).message}`);
  }
  output.out(`${countOf(files)} in ${folder}\n  Try it: nginx -t -p ${folder} -c nginx.conf`);
}

function countOf(files: readonly NginxFile[]): string {
  const others = files.length - 1;
  return others === 0 ? 'nginx.conf' : `nginx.conf and ${others} other file${others === 1 ? '' : 's'}`;
}

/** A configuration that nginx does not take is no success where it is the one that was printed. */
function tellFailure({ failure, pod }: NginxConf, isPrinted: boolean, output: Output): number {
  if (failure === '') return EXIT.ok;
  if (isPrinted) {
    output.err(`nginx refuses this configuration, and the controller in ${pod} serves on as before: ${failure}`);
    return EXIT.refused;
  }
  output.err(`This is what runs. nginx refused a newer one: ${failure}\n  See it: ${PROGRAM} print-conf --refused`);
  return EXIT.ok;
}
