import { ZONE } from '../network/dns/service-records.ts';
import { nameServerOf } from './container-network.ts';
import type { PodRuntime } from './pod-runtime.ts';

/** The files that the kubelet writes for every container of a pod. */
export function podFiles(runtime: PodRuntime): Readonly<Record<string, () => string>> {
  return {
    '/etc/hostname': () => `${hostnameOf(runtime)}\n`,
    '/etc/hosts': () => hostsFile(runtime),
    '/etc/resolv.conf': () => resolvConf(runtime),
  };
}

function hostnameOf({ pod, node }: PodRuntime): string {
  return pod.spec.hostNetwork === true ? node.metadata.name : (pod.spec.hostname ?? pod.metadata.name);
}

/** pkg/kubelet/kubelet_pods.go managedHostsFileContent. */
function hostsFile(runtime: PodRuntime): string {
  const { pod, podIp } = runtime;
  const { hostAliases = [], subdomain } = pod.spec;
  const hostname = hostnameOf(runtime);
  const domain = subdomain === undefined ? '' : `${hostname}.${subdomain}.${pod.metadata.namespace}.svc.${ZONE}\t`;
  const lines = [
    '# Kubernetes-managed hosts file.',
    '127.0.0.1\tlocalhost',
    '::1\tlocalhost ip6-localhost ip6-loopback',
    'fe00::0\tip6-localnet',
    'fe00::0\tip6-mcastprefix',
    'fe00::1\tip6-allnodes',
    'fe00::2\tip6-allrouters',
    `${podIp}\t${domain}${hostname}`,
  ];
  if (hostAliases.length > 0) lines.push('', '# Entries added by HostAliases.');
  for (const { ip, hostnames = [] } of hostAliases) lines.push(`${ip}\t${hostnames.join('\t')}`);
  return `${lines.join('\n')}\n`;
}

/** pkg/kubelet/network/dns/dns.go GetPodDNS: dnsPolicy, then what dnsConfig adds. */
function resolvConf(runtime: PodRuntime): string {
  const { pod, asker } = runtime;
  const { dnsConfig = {}, dnsPolicy } = pod.spec;
  const isCluster = asker.namespace !== undefined;
  const searched = isCluster ? [`${asker.namespace}.svc.${ZONE}`, `svc.${ZONE}`, ZONE] : [];
  const own = isCluster ? [nameServerOf(runtime)] : dnsPolicy === 'None' ? [] : ['10.0.0.2'];
  const search = [...searched, ...(dnsConfig.searches ?? [])];
  const options = new Map<string, string | undefined>(isCluster ? [['ndots', '5']] : []);
  for (const { name, value } of dnsConfig.options ?? []) if (name !== undefined) options.set(name, value);
  const shown = [...options].map(([name, value]) => (value === undefined ? name : `${name}:${value}`));
  const lines = [
    ...(search.length > 0 ? [`search ${search.join(' ')}`] : []),
    ...[...own, ...(dnsConfig.nameservers ?? [])].map((address) => `nameserver ${address}`),
    ...(shown.length > 0 ? [`options ${shown.join(' ')}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}
