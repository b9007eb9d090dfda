import { type PersistentVolume, persistentVolumes } from '../../api/core-v1/persistent-volume.ts';
import type { Client } from '../../client/client.ts';

/** The volumes that are bound to no claim yet, kept up to date from the first question on: nobody walks through the bound ones. */
export class UnclaimedVolumes {
  readonly #volumes = new Map<string, PersistentVolume>();
  #client: Client | undefined;

  list(client: Client): Iterable<PersistentVolume> {
    if (this.#client === undefined) this.#follow(client);
    return this.#volumes.values();
  }

  #follow(client: Client): void {
    this.#client = client;
    for (const volume of client.list(persistentVolumes)) this.#observe(volume);
    client.watch(persistentVolumes, ({ type, object }) => {
      if (type === 'DELETED') this.#volumes.delete(object.metadata.name);
      else this.#observe(object);
    });
  }

  #observe(volume: PersistentVolume): void {
    const { name, deletionTimestamp } = volume.metadata;
    const isTaken = volume.status?.phase === 'Bound' || volume.status?.phase === 'Released';
    if (isTaken || deletionTimestamp !== undefined) this.#volumes.delete(name);
    else this.#volumes.set(name, volume);
  }
}
