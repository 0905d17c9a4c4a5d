import { activities, activityInfo, workflow } from 'crashwise/engine';
import type { ServiceClients } from 'crashwise/simulator';
import type { services } from './services.js';

export const albumActivities = ({ renderer, site }: ServiceClients<typeof services>) => ({
  render: (size: string) => renderer.render(size),
  publish: (files: readonly string[]) => site.publish({ files, key: activityInfo().idempotencyKey }),
});

const { render, publish } = activities<ReturnType<typeof albumActivities>>();

export const album = workflow('album', async ({ sizes }: { sizes: readonly string[] }) => {
  const files = await Promise.all(sizes.map((size) => render(size)));
  await publish(files);
});
