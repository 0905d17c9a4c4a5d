import { smallFlow } from '../../small-flows.js';

export default smallFlow('two steps side by side');
