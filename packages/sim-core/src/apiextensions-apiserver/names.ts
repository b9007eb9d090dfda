import type {
  CustomResourceDefinition,
  CustomResourceDefinitionNames,
} from '../api/apiextensions-v1/custom-resource-definition.ts';
import type { Condition } from '../apimachinery/condition.ts';
import { deepEqual } from '../apimachinery/deep.ts';
import { goQuote } from '../apimachinery/go-syntax.ts';

/** The names that a definition may use, and whether those are all that it wants. */
export interface Names {
  readonly accepted: CustomResourceDefinitionNames;
  readonly condition: Condition;
}

/**
 * Which names of a definition are free among those of its group
 * (apiextensions-apiserver/pkg/controller/status/naming_controller.go, calculateNamesAndConditions).
 */
export function acceptNames(
  { spec, status }: CustomResourceDefinition,
  others: readonly CustomResourceDefinition[],
): Names {
  const wanted = spec.names;
  const old = status?.acceptedNames ?? {};
  const taken = others.flatMap((other) => (other.status?.acceptedNames ? [other.status.acceptedNames] : []));
  const resources = taken.flatMap(({ plural, singular, shortNames = [] }) => [plural, singular, ...shortNames]);
  const kinds = taken.flatMap(({ kind, listKind }) => [kind, listKind]);
  const conflicts: [reason: string, name: string][] = [];
  const free = (reason: string, name: string, before: string, among: readonly (string | undefined)[]) => {
    if (name === before || !among.includes(name)) return name;
    conflicts.push([reason, name]);
    return before;
  };
  const accepted: CustomResourceDefinitionNames = {
    plural: free('PluralConflict', wanted.plural, old.plural ?? '', resources),
    singular: free('SingularConflict', wanted.singular ?? '', old.singular ?? '', resources),
    ...shortNamesOf(wanted, old, (name) => free('ShortNamesConflict', name, '', resources)),
    kind: free('KindConflict', wanted.kind, old.kind ?? '', kinds),
    listKind: free('ListKindConflict', wanted.listKind ?? '', old.listKind ?? '', kinds),
    ...(wanted.categories && { categories: wanted.categories }),
  };
  return { accepted, condition: conditionOf(conflicts) };
}

function shortNamesOf(
  { shortNames = [] }: CustomResourceDefinitionNames,
  { shortNames: before = [] }: Partial<CustomResourceDefinitionNames>,
  free: (name: string) => string,
): Pick<CustomResourceDefinitionNames, 'shortNames'> {
  const isSame = deepEqual(shortNames, before);
  const names =
    isSame || shortNames.every((name) => before.includes(name) || free(name) === name) ? shortNames : before;
  return names.length > 0 ? { shortNames: [...names] } : {};
}

/** The last conflict is the one that is told of. */
function conditionOf(conflicts: readonly [reason: string, name: string][]): Condition {
  const type = 'NamesAccepted';
  const last = conflicts.at(-1);
  if (last === undefined) return { type, status: 'True', reason: 'NoConflicts', message: 'no conflicts found' };
  const [reason, name] = last;
  return { type, status: 'False', reason, message: `${goQuote(name)} is already in use` };
}
