import type { ClassroomLinks, QrCode } from '@k8s-ingress-sandbox/sim-core/wire';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Page } from '../app/page.ts';
import { CopyLine } from './copy-line.tsx';

/** How a class gets in to look on: a link as text and as a QR code. Nothing without `--classroom`, and for viewers. */
export function ClassroomLink({ page }: { page: Page }) {
  const { words, transport, store } = page;
  const links = useSignal<ClassroomLinks['links']>([]);
  const chosen = useSignal(0);
  useEffect(() => {
    if (store.role.peek() === 'viewer') return;
    transport.call<ClassroomLinks>('GET', '/classroom').then(
      (answer) => (links.value = answer.links),
      // A page without a server has no class.
      () => {},
    );
  }, [transport, store, links]);
  const link = links.value[chosen.value];
  if (!link) return null;
  return (
    <section class="classroom" aria-label={words.t('share.class')}>
      <h3>{words.t('share.class')}</h3>
      {links.value.length > 1 && (
        <label class="setting">
          {words.t('share.address')}
          <select dir="ltr" onChange={({ currentTarget: { value } }) => (chosen.value = Number(value))}>
            {links.value.map(({ url }, i) => (
              <option key={url} value={i}>
                {new URL(url).host}
              </option>
            ))}
          </select>
        </label>
      )}
      <CopyLine page={page} label={words.t('share.class')} text={link.url} />
      <Code code={link.qr} title={words.t('share.code', { host: new URL(link.url).host })} />
    </section>
  );
}

/** Dark on white in every theme: many readers take no other. */
function Code({ code: { size, path }, title }: { code: QrCode; title: string }) {
  return (
    <svg class="classroom__code" role="img" viewBox={`0 0 ${size} ${size}`} shape-rendering="crispEdges">
      <title>{title}</title>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
