import { smallFlow } from '../../small-flows.js';

export default smallFlow('two answers in any order');
