import type { Container as ContainerSpec } from '../api/core-v1/pod.ts';
import { formatDuration } from '../apimachinery/duration.ts';
import { goQuote } from '../apimachinery/go-syntax.ts';
import { BackOff } from './back-off.ts';
import type { Image } from './image-manager.ts';
import type { PodRuntime } from './pod-runtime.ts';

/** First and longest wait before an image is asked for again (pkg/kubelet/kubelet.go, imageBackOff). */
const FIRST_BACK_OFF = 10_000;
const LONGEST_BACK_OFF = 300_000;
/** How long ErrImagePull shows before the next look at the pod turns it into ImagePullBackOff. */
const NEXT_LOOK = 1000;

/** What a pull reports to its container. */
export interface PullEvents {
  /** The image is on the node. */
  ready(image: Image): void;
  /** Why the container waits. */
  waiting(reason: string, message: string): void;
  /** Goes on after so many milliseconds, at once when there are none. */
  after(milliseconds: number, next: () => void): void;
}

/** Brings the image of one container to its node (pkg/kubelet/images/image_manager.go EnsureImageExists). */
export class ImagePull {
  readonly #spec: ContainerSpec;
  readonly #pod: PodRuntime;
  readonly #event: (type: 'Normal' | 'Warning', reason: string, message: string) => void;
  readonly #backOff = new BackOff(FIRST_BACK_OFF, LONGEST_BACK_OFF);
  #failedAt = 0;

  constructor(
    spec: ContainerSpec,
    pod: PodRuntime,
    event: (type: 'Normal' | 'Warning', reason: string, message: string) => void,
  ) {
    this.#spec = spec;
    this.#pod = pod;
    this.#event = event;
  }

  run(events: PullEvents): void {
    const { images } = this.#pod.services;
    const name = this.#spec.image ?? '';
    const image = images.describe(name);
    if (image === undefined) return this.#invalidName(name, events);
    const policy = this.#spec.imagePullPolicy ?? (image.reference.tag === 'latest' ? 'Always' : 'IfNotPresent');
    if (policy === 'Never') return this.#neverPull(name, image, events);
    if (policy === 'IfNotPresent' && images.isPresent(this.#pod.node.metadata.name, image))
      return this.#present(name, image, events);
    this.#event('Normal', 'Pulling', `Pulling image ${goQuote(name)}`);
    events.after(image.pullTime, () => this.#pulled(name, image, events));
  }

  #pulled(name: string, image: Image, events: PullEvents): void {
    if (image.pullError !== undefined) return this.#failed(name, image.pullError, events);
    this.#pod.services.images.add(this.#pod.node.metadata.name, image);
    const took = formatDuration(image.pullTime);
    this.#event(
      'Normal',
      'Pulled',
      `Successfully pulled image ${goQuote(name)} in ${took} (${took} including waiting). Image size: ${image.size} bytes.`,
    );
    events.ready(image);
  }

  #present(name: string, image: Image, events: PullEvents): void {
    this.#event('Normal', 'Pulled', `Container image ${goQuote(name)} already present on machine`);
    events.ready(image);
  }

  #failed(name: string, error: string, events: PullEvents): void {
    this.#failedAt = this.#pod.services.clock.now();
    this.#backOff.next(this.#failedAt, this.#failedAt);
    this.#event('Warning', 'Failed', `Failed to pull image ${goQuote(name)}: ${error}`);
    this.#event('Warning', 'Failed', 'Error: ErrImagePull');
    events.waiting('ErrImagePull', error);
    events.after(NEXT_LOOK, () => this.#backedOff(name, error, events));
  }

  #backedOff(name: string, error: string, events: PullEvents): void {
    this.#event('Normal', 'BackOff', `Back-off pulling image ${goQuote(name)}`);
    this.#event('Warning', 'Failed', 'Error: ImagePullBackOff');
    events.waiting('ImagePullBackOff', `Back-off pulling image ${goQuote(name)}: ErrImagePull: ${error}`);
    events.after(this.#backOff.remaining(this.#failedAt, this.#pod.services.clock.now()), () => this.run(events));
  }

  /** An image that is never pulled counts as loaded onto the node by hand, unless the registry would refuse it. */
  #neverPull(name: string, image: Image, events: PullEvents): void {
    if (image.pullError === undefined) return this.#present(name, image, events);
    const message = `Container image ${goQuote(name)} is not present with pull policy of Never`;
    this.#event('Warning', 'ErrImageNeverPull', message);
    this.#event('Warning', 'Failed', 'Error: ErrImageNeverPull');
    events.waiting('ErrImageNeverPull', message);
  }

  #invalidName(name: string, events: PullEvents): void {
    const hint = /[A-Z]/.test(name) ? `: repository name (library/${name}) must be lowercase` : '';
    const message = `Failed to apply default image tag ${goQuote(name)}: couldn't parse image name ${goQuote(name)}: invalid reference format${hint}`;
    this.#event('Warning', 'InspectFailed', message);
    this.#event('Warning', 'Failed', 'Error: InvalidImageName');
    events.waiting('InvalidImageName', message);
  }
}
