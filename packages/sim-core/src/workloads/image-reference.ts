/** `registry/repository:tag@digest`, taken apart, with Docker Hub's defaults filled in. */
export interface ImageReference {
  /** As the manifest has it. */
  readonly text: string;
  readonly registry: string;
  readonly repository: string;
  /** `latest` when the text has neither tag nor digest; empty when it only has a digest. */
  readonly tag: string;
  readonly digest?: string;
}

const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const REPOSITORY = new RegExp(`^${COMPONENT}(?:/${COMPONENT})*$`);
const REGISTRY = /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d+)?$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-fA-F]{32,}$/;

/**
 * Reads an image name as the container runtime does (`distribution/reference` ParseDockerRef); undefined when it is
 * none, which the kubelet reports as InvalidImageName.
 */
export function parseImageReference(text: string): ImageReference | undefined {
  const [named = '', digest, ...rest] = text.split('@');
  const colon = named.lastIndexOf(':');
  const hasTag = colon > named.lastIndexOf('/');
  const name = hasTag ? named.slice(0, colon) : named;
  const tag = hasTag ? named.slice(colon + 1) : digest === undefined ? 'latest' : '';
  const { registry, repository } = splitName(name);
  if (rest.length > 0 || !REPOSITORY.test(repository) || !REGISTRY.test(registry)) return undefined;
  if ((tag !== '' || hasTag) && !TAG.test(tag)) return undefined;
  if (digest !== undefined && !DIGEST.test(digest)) return undefined;
  return { text, registry, repository, tag, ...(digest === undefined ? {} : { digest }) };
}

/** The first part is a registry only when it looks like a host: a dot, a port, or `localhost`. */
function splitName(name: string): { registry: string; repository: string } {
  const slash = name.indexOf('/');
  const first = name.slice(0, slash);
  if (slash > 0 && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase())) {
    const repository = name.slice(slash + 1);
    const isHub = first === 'docker.io' || first === 'index.docker.io';
    return { registry: isHub ? 'docker.io' : first, repository: isHub ? onHub(repository) : repository };
  }
  return { registry: 'docker.io', repository: onHub(name) };
}

/** Docker Hub's official images live under `library/`. */
function onHub(repository: string): string {
  return repository.includes('/') ? repository : `library/${repository}`;
}

/** `docker.io/library/nginx`: where the image lives, without tag and digest. */
export function imageName(image: ImageReference): string {
  return `${image.registry}/${image.repository}`;
}

/** `docker.io/library/nginx:latest`: the name in full, as the runtime's messages have it. */
export function fullImageName(image: ImageReference): string {
  const tag = image.tag === '' ? '' : `:${image.tag}`;
  return `${imageName(image)}${tag}${image.digest === undefined ? '' : `@${image.digest}`}`;
}

/** The last part of the repository, which people take for the image's name: `netflix-frontend`. */
export function shortImageName(image: ImageReference): string {
  return image.repository.slice(image.repository.lastIndexOf('/') + 1);
}

/** What tells two versions of an image apart: the tag, else the first twelve digits of the digest. */
export function imageVersion(image: ImageReference): string {
  return image.tag !== '' ? image.tag : (image.digest ?? '').replace(/^.*:/, '').slice(0, 12);
}
