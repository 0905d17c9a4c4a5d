import { smallFlow } from '../../small-flows.js';

export default smallFlow('a queue that parks');
