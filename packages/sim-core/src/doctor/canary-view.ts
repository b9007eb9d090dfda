import { portOf } from '../ingress-nginx/model/upstreams.ts';
import type { Upstream } from '../ingress-nginx/nginx/configuration.ts';
import { isCanary } from './canary.ts';
import { type Replica, replicas, servedIngresses } from './controllers.ts';
import { type PathView, pathsOf } from './ingress-paths.ts';
import type { World } from './world.ts';

/** A path of a canary that found its main: what the proxy made of both. */
export interface CanaryView {
  readonly path: PathView;
  /** Upstream of the main Service, which asks the canary. */
  readonly main: Upstream;
  /** The canary's own upstream, the first that is asked. */
  readonly canary: Upstream;
  readonly replica: Replica;
}

/** Every path of a served canary that hangs on a main. */
export function mergedCanaries(world: World): CanaryView[] {
  const [replica] = replicas(world);
  if (replica === undefined) return [];
  const { upstreams, servers } = replica.nginx.model().configuration;
  const paths = servedIngresses(world)
    .filter((each) => isCanary(each, world))
    .flatMap(pathsOf);
  return paths.flatMap((path): CanaryView[] => {
    const canary = upstreams.find(({ canary: source }) => isSourceOf(source, path));
    const server = servers.find(({ hostname }) => hostname === (path.host || '_'));
    const location = server?.locations.find(
      ({ ingressPath, ingressPathType }) => ingressPath === path.path && ingressPathType === path.pathType,
    );
    const main = upstreams.find(({ name }) => name === location?.backend);
    const isFirst = canary !== undefined && main?.alternativeBackends[0] === canary.name;
    return isFirst && main !== undefined ? [{ path, main, canary, replica }] : [];
  });
}

/** The Service of a canary makes one upstream, whichever of its paths named it first. */
function isSourceOf(source: Upstream['canary'], { object, backend }: PathView): boolean {
  return (
    source !== undefined &&
    source.namespace === object.namespace &&
    source.ingress === object.name &&
    source.service === backend.service?.name &&
    source.port === portOf(backend.service)
  );
}
