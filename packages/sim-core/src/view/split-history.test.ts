import { expect, it } from 'vitest';
import { apply, ingress, send, shop } from './testing/shop.ts';

const canary = (weight: number) =>
  ingress(
    'next',
    'next',
    `nginx.ingress.kubernetes.io/canary: "true", nginx.ingress.kubernetes.io/canary-weight: "${weight}"`,
  );

it('a change of weight is a mark of the timeline, with what its old sample had counted', async () => {
  const { cluster, view } = shop();
  await send(cluster, 50);
  view.takeDelta();
  const before = view.split()[0];
  apply(cluster, canary(60));
  cluster.advance(5000);
  const marks = view.takeDelta().steps.flatMap((step) => step.marks);
  const [mark] = marks.filter(({ kind }) => kind === 'weight');
  expect(mark).toEqual({ kind: 'weight', text: 'Weight of next 20 → 60', sample: before });
  expect(view.split()[0]).toMatchObject({ n: 0, weight: 60 });
  const step = view.snapshot().timeline.find((each) => each.marks.includes(mark!));
  expect(step?.request).toBe(50);
});

it('a step before it shows the weight as it was', () => {
  const { cluster, view } = shop();
  view.takeDelta();
  const last = view.snapshot().timeline.at(-1);
  apply(cluster, canary(60));
  cluster.advance(5000);
  const past = view.past(last?.id ?? 0);
  expect(past?.split[0]?.weight).toBe(20);
  const weightOf = (objects: NonNullable<typeof past>['objects']) =>
    objects.flatMap((object) => (object.kind === 'Ingress' && object.canary ? object.canary.weight : []));
  expect(weightOf(past?.objects ?? [])).toEqual([20]);
  expect(weightOf(view.snapshot().objects)).toEqual([60]);
});
