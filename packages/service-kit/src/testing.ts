export { type Booted, bootQuietly } from './boot-quietly.ts';
export { answerFaults } from './server/answer-faults.ts';
export { checkedAnswers } from './server/checked-answers.ts';
