import { ROLE_WORDS } from './binding/roles.ts';
import type { CheckContext } from './checks/context.ts';
import { couldNotCheck, type Finding, notYet } from './checks/finding.ts';
import { checkKind } from './checks/index.ts';
import { NobodyToAsk } from './checks/nobody-to-ask.ts';
import type { CheckDocument } from './exercise/document.ts';
import type { CheckResult } from './result.ts';

/** Makes one check, whatever happens: who plays its roles, then what its kind looks at. Never throws. */
export async function runCheck(check: CheckDocument, context: CheckContext): Promise<Finding> {
  const kind = checkKind(check.kind);
  if (kind === undefined) return couldNotCheck(`there is no kind of check "${check.kind}"`);
  for (const role of kind.roles(check.spec)) {
    const binding = context.bindings[role];
    if ('missing' in binding) return withRefusal(notYet(binding.missing, { role }), context);
    if ('ambiguous' in binding) {
      const names = binding.ambiguous.join(', ');
      return couldNotCheck(`several could be ${ROLE_WORDS[role]}: ${names}`, {
        role,
        candidates: [...binding.ambiguous],
      });
    }
  }
  try {
    return await kind.run(check.spec, context);
  } catch (error) {
    if (error instanceof NobodyToAsk) return withRefusal(notYet(error.message), context);
    return couldNotCheck(error instanceof Error ? error.message : String(error));
  }
}

/** What lacks a player may have one that the API server refused: that is what to mend first. */
function withRefusal(finding: Finding, { applied }: CheckContext): Finding {
  const refused = applied.find(({ refusal }) => refusal !== undefined);
  if (finding.result !== 'not-yet' || refused?.refusal === undefined) return finding;
  const { kind, name } = refused.key;
  const { file, line } = refused.document;
  const message = `${finding.message}; the API server refused ${kind} ${name}: ${refused.refusal.message}`;
  return { ...finding, message, place: { file, line } };
}

/** A check that another one stands in the way of; undefined when none does. */
export function blockedBy(
  check: CheckDocument,
  before: ReadonlyMap<string, CheckResult>,
): Finding | 'blocked' | undefined {
  const open = check.requires.flatMap((id) => before.get(id) ?? []).filter(({ result }) => result !== 'pass');
  if (open.length === 0) return undefined;
  if (open.every(({ result }) => result === 'could-not-check'))
    return couldNotCheck(`it needs ${open.map(({ id }) => id).join(', ')}, which could not be checked`);
  return 'blocked';
}
