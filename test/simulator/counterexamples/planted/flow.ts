import { smallFlow } from '../../small-flows.js';

// What it says of a call is another thing in each process: a replay that is compared in one process alone misses that.
const flow = smallFlow('one step without a key');

export default {
  ...flow,
  steps: flow.steps.map((step) => ({ ...step, text: () => `flash, says process ${process.pid}` })),
};
