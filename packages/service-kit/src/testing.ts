export { answerFaults } from './server/answer-faults.ts';
export { checkedAnswers } from './server/checked-answers.ts';
