import { smallFlow } from '../../small-flows.js';

export default smallFlow('a flow that survives one time-out');
