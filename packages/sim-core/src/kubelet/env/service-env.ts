import { type Service, services } from '../../api/core-v1/service.ts';
import type { Client } from '../../client/client.ts';

type Variables = Readonly<Record<string, string>>;

/**
 * The variables that tell a container where Services are (pkg/kubelet/envvars). They are worked out once a namespace
 * and kept until a Service changes: a container that starts sees the Services of that moment.
 */
export class ServiceEnv {
  readonly #client: Client;
  readonly #byNamespace = new Map<string, Variables>();
  #master: Variables | undefined;

  constructor(client: Client) {
    this.#client = client;
    client.watch(services, ({ object }) => {
      this.#byNamespace.delete(object.metadata.namespace ?? '');
      if (object.metadata.namespace === 'default') this.#forgetMaster();
    });
  }

  /** With enableServiceLinks those of the namespace; always those of the API server's own Service. */
  forPod(namespace: string, enableServiceLinks: boolean): Variables {
    if (!enableServiceLinks) return this.#forMaster();
    const known = this.#byNamespace.get(namespace);
    if (known !== undefined) return known;
    const links = this.#client.list(services, namespace).map(serviceVariables);
    // Not frozen: what inherits from a frozen object could not have a variable of the same name.
    const variables: Variables = Object.assign(Object.create(this.#forMaster()), ...links);
    this.#byNamespace.set(namespace, variables);
    return variables;
  }

  #forMaster(): Variables {
    const master = this.#client.get(services, 'default', 'kubernetes');
    // The root has no prototype, so that no name is inherited from Object.
    this.#master ??= Object.assign(Object.create(null), master && serviceVariables(master)) as Variables;
    return this.#master;
  }

  #forgetMaster(): void {
    this.#master = undefined;
    this.#byNamespace.clear();
  }
}

/** `WEB_SERVICE_HOST`, `WEB_SERVICE_PORT` … and the older `WEB_PORT_80_TCP…`; none without a cluster IP. */
function serviceVariables({ metadata, spec }: Service): Record<string, string> {
  const { clusterIP, ports = [] } = spec;
  const variables: Record<string, string> = {};
  if (clusterIP === undefined || clusterIP === '' || clusterIP === 'None' || ports.length === 0) return variables;
  const prefix = variableName(metadata.name);
  variables[`${prefix}_SERVICE_HOST`] = clusterIP;
  variables[`${prefix}_SERVICE_PORT`] = String(ports[0]?.port);
  for (const { name, port } of ports)
    if (name) variables[`${prefix}_SERVICE_PORT_${variableName(name)}`] = String(port);
  for (const [index, { port, protocol = 'TCP' }] of ports.entries()) {
    const url = `${protocol.toLowerCase()}://${clusterIP}:${port}`;
    const link = `${prefix}_PORT_${port}_${protocol}`;
    if (index === 0) variables[`${prefix}_PORT`] = url;
    Object.assign(variables, {
      [link]: url,
      [`${link}_PROTO`]: protocol.toLowerCase(),
      [`${link}_PORT`]: String(port),
      [`${link}_ADDR`]: clusterIP,
    });
  }
  return variables;
}

function variableName(text: string): string {
  const name = text.replace(/[-.]/g, '_').toUpperCase();
  return /^\d/.test(name) ? `_${name}` : name;
}
