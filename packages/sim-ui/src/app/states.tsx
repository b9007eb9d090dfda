import { Logo } from './logo.tsx';
import type { Page } from './page.ts';
import { useNow } from './use-now.ts';

/** After so long without a snapshot, say what to do. */
const PATIENCE_MS = 5000;

/** The layout before its contents. */
export function Waiting({ page }: { page: Page }) {
  const now = useNow(page, 500);
  const { t } = page.words;
  return (
    <div class="regions waiting" aria-busy="true">
      <main class="centre" id="map" tabIndex={-1}>
        <div class="waiting__words">
          <p>{t('waiting.connecting')}</p>
          {now > PATIENCE_MS && (
            <p>
              {t('waiting.noAnswer')} <code dir="ltr">npx k8s-ingress-sandbox scenarios/canary.yaml</code>
            </p>
          )}
        </div>
      </main>
      <aside class="side" />
      <section class="workbench" />
    </div>
  );
}

/** Without a session the page can do nothing, and says how to get one. */
export function TokenPage({ page: { words } }: { page: Page }) {
  return (
    <main class="token">
      <Logo />
      <h1>{words.t('token.title')}</h1>
      <p>{words.rich('token.words', { link: <code dir="ltr">http://127.0.0.1:8088/?token=…</code> })}</p>
    </main>
  );
}
