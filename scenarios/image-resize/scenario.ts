import { defineScenario, defineService, queue } from 'crashwise/simulator';

/** A bucket: an object that is put again under its name takes the place of the old one. */
const bucket = defineService({
  initial: { objects: [] as readonly string[] },
  requests: {
    put(state, { name }: { name: string }) {
      if (state.objects.includes(name)) return { state, result: null, effect: 'done', text: `${name} is put again` };
      const objects = [...state.objects, name].sort();
      return { state: { objects }, result: null, effect: 'done', text: `${name} is put` };
    },
  },
});
const services = { bucket };

const images = ['a.jpg', 'b.jpg'];

export default defineScenario({
  name: 'image-resize',
  title: 'resize a batch of images',
  services,
  keys: images,
  steps: [
    {
      title: 'put thumbnail',
      effect: 'bucket.put',
      class: 'at-least-once',
      property: 'resized',
      key: ({ name }: { name: string }) => name.replace('thumb/', ''),
      text: ({ name }: { name: string }) => `put ${name}`,
      twice: (image) => `${image} was resized twice.`,
      never: (image) => `${image} was never resized.`,
    },
  ],
  goal: {
    property: 'batch-ends',
    reached: (world) => world.bucket.objects.length === images.length,
    missed: (where) => `The batch never ends: ${where}.`,
  },
  patterns: [
    queue<typeof services>({
      messages: images.map((id) => ({ name: 'resize', data: { id } })),
      jobs: ({ services: { bucket: store } }) => ({
        resize: ({ data: { id } }) => store.put({ name: `thumb/${id}` }),
      }),
    }),
  ],
  assumes: ['all I/O of the flow goes through the 1 service of this scenario'],
});
