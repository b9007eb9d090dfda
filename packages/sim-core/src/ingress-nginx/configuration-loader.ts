import type { Clock } from '../sim/clock.ts';
import type { ControllerLog } from './controller-log.ts';
import type { Model } from './model/build-configuration.ts';
import { changeOf, reuseUnchanged } from './model/diff.ts';
import type { ModelBuilder } from './model-builder.ts';
import type { NginxConfiguration } from './nginx/configuration.ts';
import type { Nginx } from './nginx/nginx.ts';
import type { ReplicaEvents } from './replica-events.ts';

/** Keeps nginx on the configuration that the cluster asks for (internal/ingress/controller/controller.go, syncIngress). */
export class ConfigurationLoader {
  readonly #builder: ModelBuilder;
  readonly #nginx: Nginx;
  readonly #events: ReplicaEvents;
  readonly #clock: Clock;
  readonly #log: ControllerLog;
  #model: Model;
  /** What was loaded before the first sync does not count. */
  #synced = false;
  /** Services without endpoints that were told of. */
  #told = new Set<string>();
  #success = 0;
  #errors = 0;
  #lastSuccessful = false;
  #lastAt = 0;
  #failure = '';
  #reloadedTo: NginxConfiguration | undefined;
  #refused: NginxConfiguration | undefined;

  /** @param model what nginx was started with */
  constructor(parts: {
    builder: ModelBuilder;
    nginx: Nginx;
    events: ReplicaEvents;
    clock: Clock;
    model: Model;
    log: ControllerLog;
  }) {
    this.#builder = parts.builder;
    this.#nginx = parts.nginx;
    this.#events = parts.events;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#model = parts.model;
  }

  /** The model that is loaded. */
  get model(): Model {
    return this.#model;
  }

  /** Why the newest configuration could not be loaded; '' when it is loaded. */
  get failure(): string {
    return this.#failure;
  }

  /** The newest configuration where it could not be loaded. */
  get refused(): NginxConfiguration | undefined {
    return this.#refused;
  }

  /** What the last reload loaded: endpoints that were pushed since are not in it. */
  get reloaded(): NginxConfiguration | undefined {
    return this.#reloadedTo;
  }

  /** How reloads went; `lastAt` in milliseconds of cluster time. */
  get reloads(): { success: number; errors: number; lastSuccessful: boolean; lastAt: number } {
    return { success: this.#success, errors: this.#errors, lastSuccessful: this.#lastSuccessful, lastAt: this.#lastAt };
  }

  /** Rebuilds from top to bottom, then does only what the difference asks for; what nginx refuses changes nothing. */
  sync(): void {
    const next = this.#builder.build();
    const loaded = this.#model.configuration;
    const configuration = reuseUnchanged(loaded, next.configuration);
    const change = this.#synced ? changeOf(loaded, configuration) : 'reload';
    this.#tellOfServices(next.configuration);
    if (change === 'reload') this.#log.changesDetected();
    try {
      if (change !== 'nothing') this.#nginx.reload(configuration);
      this.#synced = true;
      this.#failure = '';
      this.#refused = undefined;
      this.#model = { ...next, configuration: change === 'nothing' ? loaded : configuration };
      if (change === 'reload') this.#reloaded(configuration);
    } catch (error) {
      this.#errors++;
      this.#lastSuccessful = false;
      this.#failure = (error as Error).message;
      this.#refused = configuration;
      this.#log.reloadFailed(this.#failure);
      this.#events.reloadFailed(this.#failure);
    }
  }

  /** Services that are not there or have no endpoints; the original says so on every sync, this once. */
  #tellOfServices({ upstreams }: NginxConfiguration): void {
    const found = new Set<string>();
    for (const { namespace, service, endpoints } of upstreams) {
      if (service === '' || endpoints.length > 0) continue;
      const key = `${namespace}/${service}`;
      const isThere = this.#builder.hasService(namespace, service);
      const told = `${key} ${isThere}`;
      found.add(told);
      if (this.#told.has(told)) continue;
      if (isThere) this.#log.withoutEndpoint(key);
      else this.#log.serviceMissing(key);
    }
    this.#told = found;
  }

  #reloaded(configuration: NginxConfiguration): void {
    this.#reloadedTo = configuration;
    this.#success++;
    this.#lastSuccessful = true;
    this.#lastAt = this.#clock.now();
    this.#log.reloaded(this.#success === 1);
    this.#events.reloaded();
  }
}
