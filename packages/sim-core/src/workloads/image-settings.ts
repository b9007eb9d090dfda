import { globToRegExp } from './image-pattern.ts';
import { fullImageName, type ImageReference, imageName } from './image-reference.ts';
import type { ImageBehaviour } from './program.ts';

/** One entry of the Scenario's `images`: a glob over image names, and how those images behave. */
export interface ImageSetting extends ImageBehaviour {
  match: string;
}

/**
 * How an image behaves: the first setting whose glob matches the name as the manifest has it, or in full
 * (`docker.io/library/nginx:latest`, with and without the digest or tag).
 */
export function behaviourFor(image: ImageReference, settings: readonly ImageSetting[]): ImageBehaviour {
  return settings.find(({ match }) => matchesImage(match, image)) ?? {};
}

/** Whether the Scenario's `allowImages` lets the image be pulled; an empty list allows all. */
export function isAllowed(image: ImageReference, allowImages: readonly string[]): boolean {
  return allowImages.length === 0 || allowImages.some((glob) => matchesImage(glob, image));
}

/** Whether a glob over image names means this image. */
function matchesImage(glob: string, image: ImageReference): boolean {
  const pattern = globToRegExp(glob);
  const tagged = image.tag === '' ? imageName(image) : `${imageName(image)}:${image.tag}`;
  return [image.text, fullImageName(image), tagged, imageName(image)].some((name) => pattern.test(name));
}
