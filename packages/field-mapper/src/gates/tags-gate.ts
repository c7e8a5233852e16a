import { limits } from '@contact-sync/domain';
import { type Problems, report } from '../problem.ts';
import { fitsLength } from '../text-length.ts';
import { type Gate, isNothing } from './gate.ts';

/** Whether every tag is one; each that is not is reported at its own place. */
const sound = (tags: readonly unknown[], pointer: string, problems: Problems): tags is readonly string[] => {
  let good = true;
  for (let index = 0; index < tags.length; index += 1) {
    const tag = tags[index];
    if (typeof tag === 'string' && fitsLength(tag, limits.tagLength)) continue;
    report(problems, `${pointer}/${index}`, typeof tag === 'string' ? 'TOO_LONG' : 'WRONG_TYPE', tag);
    good = false;
  }
  return good;
};

/** The list of tags, always a list of its own. */
export const tagsGate =
  (pointer: string): Gate<string[]> =>
  (tags, problems) => {
    if (Array.isArray(tags)) {
      if (tags.length > limits.tags) report(problems, pointer, 'TOO_MANY', tags);
      return sound(tags, pointer, problems) ? tags.slice() : [];
    }
    if (!isNothing(tags)) report(problems, pointer, 'WRONG_TYPE', tags);
    return [];
  };
