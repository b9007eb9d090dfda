/** A sample as it stands in the text. */
export interface ReadSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A family of metrics as it stands in the text. */
export interface ReadFamily {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly samples: readonly ReadSample[];
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const HELP = new RegExp(`^# HELP (${NAME}) ((?:[^\\\\\\n]|\\\\\\\\|\\\\n)*)$`);
const TYPE = new RegExp(`^# TYPE (${NAME}) (counter|gauge|histogram)$`);
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(.+)\\})? (-?\\d\\S*|[+-]Inf|NaN)$`, 's');
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\\\|\\"|\\n)*)"(,|$)/gy;
/** As Go prints numbers. */
const NUMBER = /^(-?(0|[1-9]\d{0,5})(\.\d*[1-9])?|-?[1-9](\.\d*[1-9])?e[+-]\d{2,3}|[+-]Inf|NaN)$/;

/**
 * Reads Prometheus' text format, version 0.0.4, and takes nothing that a strict reader would not: every family has HELP and
 * TYPE once and its samples together, no sample comes twice, families and labels are sorted, histograms add up.
 * @throws Error naming the line
 */
export function readExposition(text: string): ReadFamily[] {
  if (text !== '' && !text.endsWith('\n')) throw new Error('the last line does not end');
  const families: (ReadFamily & { samples: ReadSample[] })[] = [];
  const lines = text.split('\n').slice(0, -1);
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as string;
    const [, name, help = ''] = HELP.exec(line) ?? [];
    if (name !== undefined) {
      const [, typed, type = ''] = TYPE.exec(lines[++i] ?? '') ?? [];
      if (typed !== name) throw new Error(`no TYPE behind: ${line}`);
      if ((families.at(-1)?.name ?? '') >= name) throw new Error(`out of order: ${line}`);
      families.push({ name, type, help, samples: [] });
      continue;
    }
    const family = families.at(-1);
    if (family === undefined) throw new Error(`a sample without HELP: ${line}`);
    family.samples.push(readSample(line, family));
  }
  for (const family of families) checkFamily(family);
  return families;
}

function readSample(line: string, { name: of, type }: ReadFamily): ReadSample {
  const [, name = '', labelText = '', number = ''] = SAMPLE.exec(line) ?? [];
  const suffix = name.slice(of.length);
  const isOwn = type === 'histogram' ? ['_bucket', '_sum', '_count'].includes(suffix) : suffix === '';
  if (!name.startsWith(of) || !isOwn || !NUMBER.test(number)) throw new Error(`no sample of ${of}: ${line}`);
  const labels: Record<string, string> = {};
  LABEL.lastIndex = 0;
  let at = 0;
  for (let found = LABEL.exec(labelText); found !== null; found = LABEL.exec(labelText)) {
    const [, label = '', value = ''] = found;
    if (Object.hasOwn(labels, label)) throw new Error(`${label} twice: ${line}`);
    labels[label] = value.replace(/\\(.)/g, (_, char) => (char === 'n' ? '\n' : char));
    at = LABEL.lastIndex;
  }
  if (at !== labelText.length) throw new Error(`labels cannot be read: ${line}`);
  const sorted = Object.keys(labels).filter((label) => label !== 'le');
  if (sorted.join() !== [...sorted].sort().join()) throw new Error(`labels out of order: ${line}`);
  return { name, labels, value: number.endsWith('Inf') ? Number(`${number}inity`) : Number(number) };
}

function checkFamily({ name, type, samples }: ReadFamily): void {
  if (samples.length === 0) throw new Error(`${name} has no samples`);
  const keys = samples.map((sample) => `${sample.name} ${JSON.stringify(sample.labels)}`);
  if (new Set(keys).size !== keys.length) throw new Error(`${name}: a sample comes twice`);
  if (type === 'counter' && samples.some(({ value }) => !(value >= 0))) throw new Error(`${name} is negative`);
  if (type === 'histogram') checkHistogram(name, samples);
}

function checkHistogram(name: string, samples: readonly ReadSample[]): void {
  let below = 0;
  let bound = Number.NEGATIVE_INFINITY;
  for (const sample of samples) {
    const { le } = sample.labels;
    if (sample.name.endsWith('_count') && sample.value !== below) throw new Error(`${name}: the count is not +Inf's`);
    if (le === undefined) {
      [below, bound] = sample.name.endsWith('_count') ? [0, Number.NEGATIVE_INFINITY] : [below, bound];
      continue;
    }
    const next = le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le);
    if (!(next > bound) || sample.value < below) throw new Error(`${name}: buckets do not rise at ${le}`);
    [below, bound] = [sample.value, next];
  }
}
