import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { Dialog } from '../app/dialog.tsx';
import type { Page } from '../app/page.ts';
import { ClassroomLink } from './classroom-link.tsx';
import { CopyLine } from './copy-line.tsx';
import { encodeLink, type SharedSandbox } from './link.ts';

/** Longer links break in mails and chats. */
const LONGEST = 8000;

/** A link with the manifests as the cluster has them. */
export function ShareDialog({ page }: { page: Page }) {
  const { view, store, words } = page;
  const link = useSignal('');
  const isOpen = view.dialog.value === 'share';
  const files = store.parts.files.value;
  const lesson = store.parts.status.value.scenario;
  useEffect(() => {
    let isOver = false;
    if (isOpen)
      void encodeLink({ lesson, files }).then((hash) => {
        if (!isOver) link.value = `${location.origin}/${hash}`;
      });
    return () => {
      isOver = true;
    };
  }, [isOpen, files, lesson, link]);
  const isLong = link.value.length > LONGEST;
  return (
    <Dialog page={page} name="share" title={words.t('share.title')}>
      <p>{words.t('share.words')}</p>
      {isLong ? (
        <Download lesson={lesson} files={files}>
          {words.t('share.download')}
        </Download>
      ) : (
        <CopyLine page={page} label={words.t('share.link')} text={link.value} />
      )}
      <ClassroomLink page={page} />
    </Dialog>
  );
}

function Download({ lesson, files, children }: SharedSandbox & { children: ComponentChildren }) {
  const url = useMemo(() => URL.createObjectURL(new Blob([JSON.stringify({ lesson, files })])), [lesson, files]);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  return (
    <a class="button" download="sandbox.json" href={url}>
      {children}
    </a>
  );
}
