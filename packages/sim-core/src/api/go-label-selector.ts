import { deepEqual } from '../apimachinery/deep.ts';
import { type FieldError, invalid } from '../apimachinery/field-error.ts';
import { GoLiteral, goQuote, goStringMap, goStrings } from '../apimachinery/go-syntax.ts';
import type { LabelSelector } from '../apimachinery/label-selector.ts';

/** A selector as Go's `%#v` prints it inside an error: `v1.LabelSelector{MatchLabels:map[string]string(nil), …}`. */
export function goLabelSelector({ matchLabels, matchExpressions }: LabelSelector = {}): GoLiteral {
  const rows = matchExpressions?.map(
    ({ key = '', operator = '' as never, values }) =>
      `v1.LabelSelectorRequirement{Key:${goQuote(key)}, Operator:${goQuote(operator)}, Values:${goStrings(values).text}}`,
  );
  const expressions = `[]v1.LabelSelectorRequirement${rows === undefined ? '(nil)' : `{${rows.join(', ')}}`}`;
  return new GoLiteral(
    `v1.LabelSelector{MatchLabels:${goStringMap(matchLabels).text}, MatchExpressions:${expressions}}`,
  );
}

/** The selector of what keeps pods running never changes (pkg/registry/apps/deployment/strategy.go ValidateUpdate). */
export function checkImmutableSelector(selector: LabelSelector, old: LabelSelector): FieldError[] {
  return deepEqual(selector, old) ? [] : [invalid('spec.selector', goLabelSelector(selector), 'field is immutable')];
}
