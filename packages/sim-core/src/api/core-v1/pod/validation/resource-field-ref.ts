import { type FieldError, invalid, notSupported, required } from '../../../../apimachinery/field-error.ts';
import { formatQuantity, parseQuantity } from '../../../../apimachinery/quantity.ts';

const RESOURCES: readonly string[] = Object.freeze([
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
]);

const SIZES: readonly string[] = Object.freeze([
  '1',
  '1k',
  '1M',
  '1G',
  '1T',
  '1P',
  '1E',
  '1Ki',
  '1Mi',
  '1Gi',
  '1Ti',
  '1Pi',
  '1Ei',
] as const);

/** Units that amounts may be given in, and how the words name what is measured (`validateContainerResourceDivisor`). */
const DIVISORS = Object.freeze([
  { of: /^(limits|requests)\.cpu$/, supported: ['1m', '1'], words: '1m and 1', name: 'cpu' },
  { of: /^(limits|requests)\.memory$/, supported: SIZES, words: SIZES.join(', '), name: 'memory' },
  {
    of: /^(limits|requests)\.ephemeral-storage$/,
    supported: SIZES,
    words: SIZES.join(', '),
    name: 'local ephemeral storage',
  },
  { of: /^(limits|requests)\.hugepages-/, supported: SIZES, words: SIZES.join(', '), name: 'hugepages' },
]);

/** `validateContainerResourceFieldSelector`; a volume must name the container */
export function validateResourceFieldRef(
  ref: { containerName?: string; resource: string; divisor?: string },
  path: string,
  inVolume: boolean,
): FieldError[] {
  return [...validateResource(ref, path, inVolume), ...validateDivisor(ref, `${path}.divisor`)];
}

function validateResource(
  { containerName, resource }: { containerName?: string; resource: string },
  path: string,
  inVolume: boolean,
): FieldError[] {
  if (inVolume && !containerName) return [required(`${path}.containerName`)];
  if (!resource) return [required(`${path}.resource`)];
  const known = RESOURCES.includes(resource) || /^(limits|requests)\.hugepages-/.test(resource);
  return known ? [] : [notSupported(`${path}.resource`, resource, RESOURCES)];
}

/** Upstream shows the resource, not the unit. */
function validateDivisor(
  { resource = '', divisor = '0' }: { resource: string; divisor?: string },
  path: string,
): FieldError[] {
  const unit = parseQuantity(divisor);
  const row = DIVISORS.find(({ of }) => of.test(resource));
  if (unit.nanos === 0n || row === undefined || row.supported.includes(formatQuantity(unit))) return [];
  return [invalid(path, resource, `only divisor's values ${row.words} are supported with the ${row.name} resource`)];
}
