import { expect, test } from 'vitest';
import { DemoTransport } from '../testing/demo-transport.ts';
import { ManualTimers } from '../testing/manual-timers.ts';
import { guardedTransport } from './guarded-transport.ts';

test('with a reason nothing can be changed, and everything be looked at', async () => {
  let reason = '';
  const real = new DemoTransport(new ManualTimers());
  const transport = guardedTransport(real, () => reason);
  await transport.scale('default', 'netflix-frontend', 2);
  reason = 'You look at the past.';
  await expect(transport.scale('default', 'netflix-frontend', 3)).rejects.toMatchObject({
    problem: 'refused',
    message: reason,
  });
  await expect(transport.send({ count: 1 })).rejects.toThrow(reason);
  expect((await transport.snapshot()).epoch).not.toBe('');
});
