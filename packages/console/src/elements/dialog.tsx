import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';

/**
 * A dialog of its own, from the side as a `drawer`. It keeps the focus and gives it back, and Escape closes it; where `onClose` is left out
 * nothing does but what it asks for.
 */
export const Dialog = ({
  title,
  onClose,
  drawer = false,
  children,
}: {
  readonly title: string;
  readonly onClose?: (() => void) | undefined;
  readonly drawer?: boolean;
  readonly children: ComponentChildren;
}) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const { current } = dialog;
    const opener = document.activeElement;
    current?.showModal();
    return () => {
      current?.close();
      // The browser gives the focus back where the dialog closes in its place, not where it is taken away with its page.
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={drawer ? 'drawer' : undefined}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
    >
      <div class="stack">
        <div class="row apart">
          <h2 id={id}>{title}</h2>
          {onClose && (
            <button type="button" class="plain" onClick={onClose}>
              Close
            </button>
          )}
        </div>
        {children}
      </div>
    </dialog>
  );
};
