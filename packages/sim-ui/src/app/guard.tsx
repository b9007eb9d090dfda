import { Component, type ComponentChildren } from 'preact';

interface GuardProps {
  what: string;
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
    if (!error) return this.props.children;
    return (
      <section class="panel broken" role="alert">
        <h2>{this.props.what} stopped working</h2>
        <p>{error.message}</p>
        <button type="button" onClick={() => this.setState({ error: undefined })}>
          Show it again
        </button>
      </section>
    );
  }
}
