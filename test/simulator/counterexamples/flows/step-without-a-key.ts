import { smallFlow } from '../../small-flows.js';

export default smallFlow('one step without a key');
