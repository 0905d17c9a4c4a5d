import { smallFlow } from '../../small-flows.js';

export default smallFlow('a queue whose job has no key');
