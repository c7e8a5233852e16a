import type { TestSpecification } from 'vitest/node';
import { BaseSequencer } from 'vitest/node';

/** Files that take longest: started last, one of them would keep the run waiting for it alone. */
const LONGEST = [
  'e2e/test/alerts.test.ts',
  'e2e/test/recovery.test.ts',
  'e2e/test/both-ways.test.ts',
  'e2e/test/both-sides.test.ts',
  'e2e/production/connections.test.ts',
  'e2e/test/npm-start.test.ts',
  'e2e/test/console.test.ts',
  'infra/settings/refused-starts.test.ts',
  'infra/local/test/infrastructure.int.test.ts',
];

const rankOf = ({ moduleId }: TestSpecification): number => {
  const index = LONGEST.findIndex((path) => moduleId.endsWith(`/${path}`));
  return index === -1 ? LONGEST.length : index;
};

/** Vitest's order within each group of projects, behind the longest files, also where no earlier run has told of them. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const groupOf = ({ project }: TestSpecification) => project.config.sequence.groupOrder;
    return sorted.toSorted((one, other) => groupOf(one) - groupOf(other) || rankOf(one) - rankOf(other));
  }
}
