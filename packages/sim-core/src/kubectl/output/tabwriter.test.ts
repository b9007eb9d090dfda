import { expect, test } from 'vitest';
import { DESCRIBE_TABS, TABLE_TABS, tabbed } from './tabwriter.ts';

test('tables: three spaces, six at least, nothing behind the last cell', () => {
  expect(tabbed('NAME\tX\tAGE\na-long-name\t1\t5s', TABLE_TABS)).toBe(
    'NAME          X     AGE\na-long-name   1     5s',
  );
});

test('a column is what stands together: a line without it begins a new one', () => {
  expect(tabbed('Name:\tweb\nIPs:\n  IP:\t1.2.3.4\nControlled By:\tx', DESCRIBE_TABS)).toBe(
    'Name:  web\nIPs:\n  IP:           1.2.3.4\nControlled By:  x',
  );
});
