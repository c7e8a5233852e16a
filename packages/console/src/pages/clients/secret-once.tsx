import { CodeBlock } from '../../elements/code-block.tsx';
import { Dialog } from '../../elements/dialog.tsx';

/** A secret that nobody will see again. */
export const SecretOnce = ({
  id,
  secret,
  onClose,
}: {
  readonly id: string;
  readonly secret: string;
  readonly onClose: () => void;
}) => (
  <Dialog title={`The secret of ${id}`}>
    <div class="note" data-tone="warn">
      <strong>It is shown here once</strong>
      <p>A hash of it is kept. Take it to where the program reads it before you go on.</p>
    </div>
    <CodeBlock>{secret}</CodeBlock>
    <div class="row">
      <button type="button" class="primary" onClick={onClose}>
        I have it
      </button>
    </div>
  </Dialog>
);
