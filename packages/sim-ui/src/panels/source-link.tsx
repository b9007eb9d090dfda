import type { SourcePosition } from '@k8s-ingress-sandbox/sim-core/wire';
import { showSource } from '../app/actions.ts';
import type { Page } from '../app/page.ts';

/** A place in a file; a click shows the line. */
export function SourceLink({ page, source }: { page: Page; source: SourcePosition | undefined }) {
  if (!source) return null;
  const name = source.file.slice(source.file.lastIndexOf('/') + 1);
  return (
    <button
      type="button"
      class="link source"
      title={`${source.file}:${source.line}:${source.column}`}
      onClick={() => showSource(page, source.file, source.line)}
    >
      <bdi dir="ltr">
        {name}:{source.line}
      </bdi>
    </button>
  );
}
