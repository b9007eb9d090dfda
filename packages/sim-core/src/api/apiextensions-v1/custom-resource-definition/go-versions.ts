import { GoLiteral, goQuote } from '../../../apimachinery/go-syntax.ts';
import type { CustomResourceDefinitionVersion } from '../custom-resource-definition.ts';

/** spec.versions as v1.33 prints them inside an error, when all of them have the same schema and no columns of their own. */
export function goVersions(versions: readonly CustomResourceDefinitionVersion[]): GoLiteral {
  const type = 'apiextensions.CustomResourceDefinitionVersion';
  const items = versions.map(({ name, served, storage, deprecated = false }) => {
    const flags = `Served:${served === true}, Storage:${storage === true}, Deprecated:${deprecated}`;
    const pointers =
      'DeprecationWarning:(*string)(nil), Schema:(*apiextensions.CustomResourceValidation)(nil), Subresources:(*apiextensions.CustomResourceSubresources)(nil)';
    const lists =
      'AdditionalPrinterColumns:[]apiextensions.CustomResourceColumnDefinition(nil), SelectableFields:[]apiextensions.SelectableField(nil)';
    return `${type}{Name:${goQuote(name ?? '')}, ${flags}, ${pointers}, ${lists}}`;
  });
  return new GoLiteral(items.length === 0 ? `[]${type}(nil)` : `[]${type}{${items.join(', ')}}`);
}
