import { Component, type ComponentChildren } from 'preact';
import type { Key } from '../words/words.tsx';
import type { Page } from './page.ts';

interface GuardProps {
  page: Page;
  what: Key;
  children: ComponentChildren;
}

/** Keeps an error in one panel from taking the others with it. */
export class Guard extends Component<GuardProps, { error: Error | undefined }> {
  override state: { error: Error | undefined } = { error: undefined };

  override componentDidCatch(error: unknown): void {
    console.error(error);
    this.setState({ error: error instanceof Error ? error : new Error(String(error)) });
  }

  override render() {
    const { error } = this.state;
    const { page, what, children } = this.props;
    if (!error) return children;
    const { t } = page.words;
    return (
      <section class="panel broken" role="alert">
        <h2>{t('guard.stopped', { what: t(what) })}</h2>
        <p>{error.message}</p>
        <button type="button" onClick={() => this.setState({ error: undefined })}>
          {t('guard.again')}
        </button>
      </section>
    );
  }
}
