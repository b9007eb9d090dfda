import type { Random, RandomStream } from '../sim/random.ts';
import { fullImageName, type ImageReference, imageName, parseImageReference } from '../workloads/image-reference.ts';
import { behaviourFor, type ImageSetting, isAllowed } from '../workloads/image-settings.ts';
import { knownImageNames, misspelledImage } from '../workloads/known-images.ts';
import type { ImageBehaviour, Program } from '../workloads/program.ts';
import { programFor } from '../workloads/programs.ts';

/** What the Scenario sets of images and nodes. */
export interface KubeletSettings {
  readonly images: readonly ImageSetting[];
  /** Globs; empty allows all. */
  readonly allowImages: readonly string[];
  /** Milliseconds of cluster time. */
  readonly delays: { readonly imagePull: number; readonly containerStart: number };
}

/** What is known of one image. */
export interface Image {
  readonly reference: ImageReference;
  /** `docker.io/library/nginx:1.27`: the name in full. */
  readonly name: string;
  readonly program: Program;
  readonly behaviour: ImageBehaviour;
  /** One stream for all containers of the image. */
  readonly chance: RandomStream;
  /** Milliseconds that a pull takes. */
  readonly pullTime: number;
  /** Why the registry does not give it, in its words. */
  readonly pullError: string | undefined;
  /** `docker.io/library/nginx@sha256:…`; a made-up digest where the name has none. */
  readonly id: string;
  /** Bytes, made up. */
  readonly size: number;
}

/** Tag that no image has, for lessons on ImagePullBackOff. */
const MISSING_TAG = 'does-not-exist';

/** The images of all nodes: what stands behind a name, and which node has pulled it already. */
export class ImageManager {
  readonly #programs: readonly Program[];
  readonly #settings: () => KubeletSettings;
  readonly #random: Random;
  readonly #known: ReadonlySet<string>;
  readonly #chance = new Map<string, RandomStream>();
  readonly #present = new Map<string, Set<string>>();
  #images = new Map<string, Image | undefined>();
  #imagesFor: KubeletSettings | undefined;

  /** @param settings current settings; what is known of images is worked out anew when it returns other ones */
  constructor(parts: { programs: readonly Program[]; settings: () => KubeletSettings; random: Random }) {
    this.#programs = parts.programs;
    this.#settings = parts.settings;
    this.#random = parts.random;
    this.#known = knownImageNames(parts.programs);
  }

  /** What stands behind the name in a manifest; undefined when it is no image name. */
  describe(text: string): Image | undefined {
    const settings = this.#settings();
    if (settings !== this.#imagesFor) this.#images = new Map();
    this.#imagesFor = settings;
    if (!this.#images.has(text)) this.#images.set(text, this.#examine(text, settings));
    return this.#images.get(text);
  }

  isPresent(nodeName: string, image: Image): boolean {
    return this.#present.get(nodeName)?.has(image.name) === true;
  }

  /** The node has pulled the image. */
  add(nodeName: string, image: Image): void {
    const images = this.#present.get(nodeName) ?? new Set<string>();
    this.#present.set(nodeName, images);
    images.add(image.name);
  }

  #examine(text: string, settings: KubeletSettings): Image | undefined {
    const reference = parseImageReference(text);
    if (reference === undefined) return undefined;
    const behaviour = behaviourFor(reference, settings.images);
    return {
      reference,
      name: fullImageName(reference),
      behaviour,
      program: programFor(reference, this.#programs, behaviour.program),
      chance: this.#chanceOf(reference),
      pullTime: behaviour.pull ?? settings.delays.imagePull,
      pullError: this.#pullError(reference, settings),
      id: `${imageName(reference)}@${reference.digest ?? `sha256:${digits(fullImageName(reference))}`}`,
      size: 5_000_000 + (Number.parseInt(digits(imageName(reference)).slice(0, 7), 16) % 150_000_000),
    };
  }

  #chanceOf(reference: ImageReference): RandomStream {
    const name = fullImageName(reference);
    const chance = this.#chance.get(name) ?? this.#random.fork(`image/${name}`);
    this.#chance.set(name, chance);
    return chance;
  }

  /** The words of containerd and of the registries behind it. */
  #pullError(reference: ImageReference, { images, allowImages }: KubeletSettings): string | undefined {
    const full = fullImageName(reference);
    const failed = `failed to pull and unpack image "${full}": failed to resolve reference "${full}":`;
    if (reference.tag === MISSING_TAG) return `rpc error: code = NotFound desc = ${failed} ${full}: not found`;
    const isMeant = images.some(({ match }) => match === reference.text);
    if (isAllowed(reference, allowImages) && (isMeant || misspelledImage(reference, this.#known) === undefined))
      return undefined;
    if (reference.registry !== 'docker.io') return `rpc error: code = NotFound desc = ${failed} ${full}: not found`;
    return `${failed} pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed`;
  }
}

/** 64 hexadecimal digits that follow from the text (FNV-1a with eight offsets): stands in for a digest, proves nothing. */
function digits(text: string): string {
  let all = '';
  for (let part = 0; part < 8; part++) {
    let hash = 0x811c9dc5 ^ part;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    all += (hash >>> 0).toString(16).padStart(8, '0');
  }
  return all;
}
