import { AppError } from '@contact-sync/domain';
import type { MadeEdit } from '../domain/oracle/evidence.ts';
import type { LocalEdit } from '../domain/scenario/scenario.ts';
import type { ContactEditor } from '../ports.ts';
import { openLoop } from './open-loop.ts';
import { type Patience, persistently } from './persistently.ts';

const notYetThere = () =>
  new AppError('CONTACT_NOT_FOUND', { message: 'The contact is not there yet.', retryable: true });

/**
 * Makes edits when they are due; one whose contact is not there yet waits for it. An edit whose answer failed for good
 * may have been made or not.
 */
export const makeEdits = async (
  edits: readonly LocalEdit[],
  editor: ContactEditor,
  patience: Patience,
): Promise<MadeEdit[]> => {
  const made: MadeEdit[] = [];
  const makeOne = async (edit: LocalEdit) => {
    const attempt = async () => {
      if ((await editor.edit(edit)) === 'absent') throw notYetThere();
    };
    const isMade = await persistently(attempt, patience).then(
      () => true,
      () => false,
    );
    patience.signal.throwIfAborted();
    made.push({ ...edit, isMade });
  };
  await openLoop(edits, makeOne, patience);
  return made;
};
