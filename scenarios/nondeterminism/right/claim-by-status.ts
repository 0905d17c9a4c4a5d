import { activities, sleep, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'It goes very different ways, but which one is said by a recorded answer.';

const { checkClaim, payOut, askExpert, refuse } = activities<{
  checkClaim: (claim: string) => { status: 'clear' | 'doubtful' | 'false' };
  payOut: (claim: string) => string;
  askExpert: (claim: string) => boolean;
  refuse: (claim: string) => void;
}>();

export const right = workflow('claim-by-status', async (claim: string) => {
  const { status } = await checkClaim(claim);
  switch (status) {
    case 'clear':
      return payOut(claim);
    case 'doubtful':
      await sleep(86_400_000);
      return (await askExpert(claim)) ? payOut(claim) : 'refused by an expert';
    default:
      await refuse(claim);
      return 'refused';
  }
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('c1', 'c2'),
  results: {
    checkClaim: fc.record({ status: fc.constantFrom('clear', 'doubtful', 'false') }),
    payOut: 'tx_1',
    askExpert: fc.boolean(),
    refuse: null,
  },
};
