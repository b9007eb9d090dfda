/** The mark: one way in, two ways on, one of them a canary's. */
export function Logo() {
  return (
    <svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
      <rect class="logo__ground" width="32" height="32" rx="7" />
      <path class="logo__ways" d="M6 16h6c4 0 4-6 8-6h6M12 16c4 0 4 6 8 6h6" />
      <circle class="logo__dot" cx="6.5" cy="16" r="2.6" />
      <circle class="logo__dot" cx="25" cy="10" r="2.8" />
      <path class="logo__canary" d="M22.2 19.2h5.6v5.6h-5.6z" />
    </svg>
  );
}
