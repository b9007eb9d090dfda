import { type Asker, type ClusterDns, search, withoutQuestion } from './dns.ts';

/**
 * Finds addresses as {@link lookup} does and remembers what names meant as long as the store stands still: under load the
 * same few names are asked for thousands of times between two changes.
 */
export class Resolver {
  readonly #dns: ClusterDns;
  /** Addresses by namespace and host, of {@link #revision}. */
  readonly #found = new Map<string | undefined, Map<string, string>>();
  #revision = -1;

  constructor(dns: ClusterDns) {
    this.#dns = dns;
  }

  /** Address of a host as a program of `from` finds it. */
  lookup(from: Asker, host: string): string | undefined {
    this.#forgetOutdated();
    // What a name server had to be asked for is no address, but it may stand in this asker's own /etc/hosts.
    const known = this.#found.get(from.namespace)?.get(host);
    if (known !== undefined && from.hosts?.has(host) !== true) return known;
    return withoutQuestion(this.#dns, from, host) ?? this.#search(from.namespace, host);
  }

  #search(namespace: string | undefined, host: string): string | undefined {
    const address = search(this.#dns, namespace, host);
    // A name that is not there yet may come from outside the store: only what was found is remembered. /etc/hosts has lower case.
    if (address !== undefined && host === host.toLowerCase()) this.#remember(namespace, host, address);
    return address;
  }

  #remember(namespace: string | undefined, host: string, address: string): void {
    const hosts = this.#found.get(namespace) ?? new Map<string, string>();
    this.#found.set(namespace, hosts);
    hosts.set(host, address);
  }

  #forgetOutdated(): void {
    const { revision } = this.#dns.client;
    if (revision === this.#revision) return;
    this.#revision = revision;
    this.#found.clear();
  }
}
