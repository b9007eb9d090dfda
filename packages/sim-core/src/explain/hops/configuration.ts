import { ingresses } from '../../api/networking-v1/ingress.ts';
import { annotationField } from '../../doctor/annotation.ts';
import { annotationProblems } from '../../doctor/annotation-problems.ts';
import { reloadFailed } from '../../doctor/checks/reload-failed.ts';
import { type Replica, replicas } from '../../doctor/controllers.ts';
import { listing, nameOf, place, spell } from '../../doctor/finding.ts';
import type { SourcePosition } from '../../wire.ts';
import { changesSince } from '../changes-since.ts';
import { outcomeOf } from '../outcome.ts';
import { requestOf } from '../replay.ts';
import { boxes, type Hop, type Scene, sentence } from '../scene.ts';

/** Which configuration decided, told only where it is not simply the newest one. */
export const configurationHop: Hop = {
  tells: [],
  of: (scene) => {
    const told = [
      refusedReload(scene),
      ...earlierVersions(scene),
      newerOne(scene),
      otherReplicas(scene),
      behind(scene),
    ];
    const found = told.filter((each) => each !== undefined);
    const [first] = found;
    if (first === undefined) return undefined;
    return {
      step: 'configuration',
      title: first.title,
      why: found.map(({ why }) => sentence(why)).join(' '),
      beat: [],
      nodes: boxes(scene.ids.pod(scene.record.controllerPod)),
      ...(first.source === undefined ? {} : { source: first.source }),
    };
  },
};

interface Told {
  readonly title: string;
  readonly why: string;
  readonly source?: SourcePosition | undefined;
}

/** nginx refused the newest configuration: the one before it serves on. */
export function refusedReload(scene: Scene): Told | undefined {
  const own = replicaOf(scene);
  const failure = own?.nginx.failure() ?? '';
  if (failure === '') return undefined;
  const [finding] = reloadFailed.check(scene.world);
  const before = own?.nginx.proxy.running.configuration.servers.length === 1 ? 'an empty one' : 'the one before it';
  const where = finding?.source === undefined ? '' : ` (${finding.source.file}:${finding.source.line})`;
  return {
    title: 'not the newest configuration',
    why: `nginx refused the newest configuration, "${failure}"${where}, so ${before} decides until that is mended`,
    source: finding?.source,
  };
}

function replicaOf({ world, record }: Scene): Replica | undefined {
  const all = replicas(world);
  return all.find(({ nginx }) => nginx.proxy.running.controllerPod === record.controllerPod) ?? all[0];
}

/** An Ingress whose newest version is not loaded: the one before it serves on (store.go, syncIngress). */
function earlierVersions({ world, record }: Scene): Told[] {
  const locations = record.server?.locations ?? [];
  const served = new Set(locations.flatMap(({ source }) => (source ? `${source.namespace}/${source.ingress}` : [])));
  return world.client.list(ingresses).flatMap((ingress) => {
    const object = nameOf(ingress);
    if (!served.has(`${object.namespace}/${object.name}`)) return [];
    const bad = annotationProblems(ingress, world).find(({ effect }) => effect === 'drop');
    if (bad === undefined) return [];
    const field = annotationField(bad.annotation, world);
    const why = `an earlier version of ${spell(object)} decides: the newest is not loaded, because ${bad.annotation}${place(world, object, field)} ${bad.reason}`;
    return [{ title: `an earlier version of ${spell(object)}`, why, source: world.sources.locate(object, field) }];
  });
}

/** The request is of the past, and what decided it is no longer loaded. */
function newerOne(scene: Scene): Told | undefined {
  const changes = scene.wasSent ? changesSince(scene) : undefined;
  if (changes === undefined) return undefined;
  const what = changes.length === 0 ? 'nothing that this request went by' : listing(changes);
  return {
    title: 'the configuration of that moment',
    why: `a newer configuration is loaded by now; since then has changed: ${what}`,
  };
}

/** Replicas that would decide otherwise: they have not loaded the same. */
function otherReplicas(scene: Scene): Told | undefined {
  const { record, world, replay } = scene;
  const own = replicaOf(scene)?.nginx.proxy.running.configuration;
  if (scene.wasSent || own === undefined) return undefined;
  const request = requestOf(record);
  const outcome = outcomeOf(replay.walk(request, own).record);
  const others = replicas(world).flatMap(({ nginx, ready }) => {
    const { configuration, controllerPod } = nginx.proxy.running;
    const there = configuration === own ? outcome : outcomeOf(replay.walk(request, configuration).record);
    return ready && there !== outcome ? [`pod ${controllerPod}: ${there}`] : [];
  });
  if (others.length === 0) return undefined;
  return { title: 'not all replicas agree', why: `other controller pods decide otherwise (${listing(others)})` };
}

/** A change that the replica has not seen yet. */
function behind(scene: Scene): Told | undefined {
  const own = replicaOf(scene);
  const newest = Math.max(
    0,
    ...scene.world.client.list(ingresses).map(({ metadata }) => Number(metadata.resourceVersion)),
  );
  if (own === undefined || scene.wasSent || newest <= own.nginx.revision()) return undefined;
  return {
    title: 'not the newest configuration',
    why: `the controller has not yet seen the newest change of an Ingress (revision ${newest}, it is at ${own.nginx.revision()})`,
  };
}
