import { defineService } from 'crashwise/simulator';

/** Renders a picture in a size. A rendering that is there is not made again. */
const renderer = defineService({
  initial: { sizes: [] as readonly string[] },
  requests: {
    render(state, size: string) {
      if (state.sizes.includes(size))
        return { state, result: `${size}.png`, effect: 'refused', text: `the renderer has ${size}.png already` };
      return {
        state: { sizes: [...state.sizes, size].sort() },
        result: `${size}.png`,
        effect: 'done',
        text: `the renderer makes ${size}.png`,
      };
    },
    missing(state, sizes: readonly string[]) {
      const result = sizes.filter((size) => !state.sizes.includes(size));
      return { state, result, effect: 'none', text: `the renderer misses ${result.join(' and ') || 'nothing'}` };
    },
  },
});

const MANY = 4; // One more than there are parts: no answer differs after that.

/** The tally that the jobs of a queue keep of their batch, and the site on which the album appears. */
const site = defineService({
  initial: { finished: 0, published: null as readonly string[] | null, keys: [] as readonly string[] },
  requests: {
    /** One more part is finished: a counter of the application itself, and no effect outside. */
    count: (state, _part: string) => ({
      state: { ...state, finished: Math.min(state.finished + 1, MANY) },
      result: state.finished + 1,
      effect: 'none',
      text: `the tally stands at ${state.finished + 1}`,
    }),
    publish(state, { files, key }: { files: readonly string[]; key: string }) {
      if (state.keys.includes(key))
        return { state, result: undefined, effect: 'refused', text: 'the site has published the album already' };
      return {
        state: { ...state, published: files, keys: [...state.keys, key] },
        result: undefined,
        effect: 'done',
        text: `the site publishes the album`,
      };
    },
  },
});

export const services = { renderer, site };
