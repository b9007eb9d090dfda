import { expect, test } from 'vitest';
import { defaultSettings } from '../scenario/settings.ts';
import { simulatedFacts } from './simulated.ts';

test.each([
  [3000, 'NLB ready in 3 s (on AWS: minutes)'],
  [1500, 'NLB ready in 1.5 s (on AWS: minutes)'],
  [0, 'NLB ready at once (on AWS: minutes)'],
])('a load balancer that takes %d ms', (delay, says) => {
  const settings = defaultSettings();
  const facts = simulatedFacts({ cloud: { ...settings.cloud, delay } });
  expect(facts).toEqual(['images do not run', 'ingress-nginx v1.15.1 rules', says]);
});
