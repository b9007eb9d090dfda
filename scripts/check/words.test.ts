import { expect, test } from 'vitest';
import { parseModule } from './module.ts';
import { checkWords } from './words.ts';

const found = (jsx: string, path = 'packages/sim-ui/src/panels/some-panel.tsx'): string[] =>
  checkWords([parseModule(path, `const a = ${jsx};`)]).map(({ message }) => message);

test.each([
  '<p>No events yet</p>',
  '<button title="Close this">×</button>',
  '<button aria-label={`Pod ${name}`} />',
  "<p>{isOpen ? 'Lower' : t('workbench.taller')}</p>",
  '<p>{list.map((one) => <b>failed {one}</b>)}</p>',
  "<p>{n > 1 && 'many'}</p>",
])('is found: %s', (jsx) => {
  expect(found(jsx)).toHaveLength(1);
});

test.each([
  "<p class='panel empty'>{t('events.none')}</p>",
  '<code dir="ltr">kubectl apply</code>',
  '<kbd>Enter</kbd>',
  '<button title="Ctrl+Enter" data-kind="pod" type="button">×</button>',
  "<p data-tone={isBad ? 'error' : undefined}>{status} {percent} %</p>",
])('is fine: %s', (jsx) => {
  expect(found(jsx)).toEqual([]);
});

test('tests and the demo may say what they like', () => {
  expect(found('<p>No events yet</p>', 'packages/sim-ui/src/testing/dev.tsx')).toEqual([]);
});
