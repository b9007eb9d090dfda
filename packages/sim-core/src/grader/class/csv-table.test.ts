import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { csvLine } from '../emit/csv-cells.ts';
import { readCsv } from './csv-table.ts';

describe('readCsv', () => {
  it('reads what spreadsheets write', () => {
    expect(readCsv('\uFEFFStudent;Points\r\n"al""ice";"1\n2"\r\n\r\nbob;3')).toEqual({
      columns: ['student', 'points'],
      rows: [
        { line: 2, cells: { student: 'al"ice', points: '1\n2' } },
        { line: 5, cells: { student: 'bob', points: '3' } },
      ],
    });
    expect(readCsv('')).toEqual({ columns: [], rows: [] });
    expect(readCsv('a\n"never closed').rows).toEqual([{ line: 2, cells: { a: 'never closed' } }]);
  });

  it('reads back what we print, as a real reader of CSV does', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', ' ', ',', ';', '"', '\n', '\r\n', '=', 'é', '\t', '1'),
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell)), (rows) => {
        const text = csvLine(['one', 'two']) + rows.map((row) => csvLine(row)).join('');
        const { data } = Papa.parse<[string, string]>(text, { delimiter: ',' });
        const theirs = data
          .slice(1)
          .map((row) => row.map((each) => each.trim()))
          .filter((row) => row.some((each) => each !== ''));
        expect(readCsv(text).rows.map(({ cells }) => [cells['one'], cells['two']])).toEqual(theirs);
      }),
    );
  });

  it('ends for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r') }), (text) => void readCsv(text)),
    );
  });
});
