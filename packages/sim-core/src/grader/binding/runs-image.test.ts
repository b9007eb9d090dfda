import { describe, expect, it } from 'vitest';
import { imagesOf, isImage } from './runs-image.ts';

describe('an image that is meant', () => {
  it.each([
    ['netflix-frontend:0.9.0', 'netflix-frontend'],
    ['netflix-frontend:0.9.0', 'netflix-frontend:0.9.0'],
    ['registry.example:5000/ada/netflix-frontend:0.9.0', 'netflix-frontend:0.9.0'],
    ['ada/netflix-frontend@sha256:0123', 'netflix-frontend'],
    ['netflix-frontend', 'netflix-frontend:latest'],
  ])('%s is %s', (image, wanted) => {
    expect(isImage(image, wanted)).toBe(true);
  });

  it.each([
    ['netflix-frontend:0.8.0', 'netflix-frontend:0.9.0'],
    ['netflix-frontend-canary:0.9.0', 'netflix-frontend'],
    ['netflix-frontend/proxy:1', 'netflix-frontend'],
  ])('%s is not %s', (image, wanted) => {
    expect(isImage(image, wanted)).toBe(false);
  });

  it('is looked for in pods and in what makes pods', () => {
    const spec = { containers: [{ image: 'a' }, {}, { image: 'b' }] };
    const metadata = { name: 'web' };
    expect(imagesOf({ apiVersion: 'v1', kind: 'Pod', metadata, spec } as never)).toEqual(['a', 'b']);
    expect(
      imagesOf({ apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { template: { spec } } } as never),
    ).toEqual(['a', 'b']);
    expect(imagesOf({ apiVersion: 'v1', kind: 'Service', metadata, spec: {} } as never)).toEqual([]);
  });
});
