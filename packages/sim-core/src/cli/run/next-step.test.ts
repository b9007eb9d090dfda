import { expect, it } from 'vitest';
import { loadManifests } from '../../run/load-manifests.ts';
import { configMap, scenario } from '../testing/manifests.ts';
import { nextStep } from './next-step.ts';

const CANARY = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: canary, annotations: { nginx.ingress.kubernetes.io/canary-weight: "5" } }
`;

function stepFor(text: string, path?: string): string {
  const file = { file: 'mine.yaml', bytes: new TextEncoder().encode(text), ...(path === undefined ? {} : { path }) };
  return nextStep(loadManifests([file]), [file]);
}

it('is the weight of a canary', () => {
  expect(stepFor(`${configMap('a')}---\n${CANARY}`)).toBe('change canary-weight in mine.yaml, save, press Enter here.');
});

it('is the next scenario of the lesson', () => {
  const named = scenario('{}').replace('spec:', 'metadata: { name: service }\nspec:');
  expect(stepFor(`${named}---\n${configMap('a')}`)).toBe('npx k8s-ingress-sandbox scenarios/loadbalancer.yaml');
});

it('is any change of a file that can be changed', () => {
  expect(stepFor(configMap('a'), '/mine.yaml')).toBe('change mine.yaml, save, press Enter here.');
  expect(stepFor(configMap('a'))).toBe('');
});
