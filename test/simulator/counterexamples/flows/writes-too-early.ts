import { smallFlow } from '../../small-flows.js';

export default smallFlow('a flow that writes too early');
