import type { Resource } from './state.js';

type Parts = Readonly<Record<string, unknown>>;

/**
 * What each service held before its last change, as a replica that lags behind still does, whoever asks it and in
 * whichever life. Only kept if reads may be stale.
 */
export class Past implements Resource<Parts> {
  readonly name = 'past';
  part: Parts = {};
  readonly #services: Resource[] = [];

  /** From now on, this service has a past. */
  of(service: Resource): void {
    this.#services.push(service);
  }

  view(part: Parts): unknown {
    return this.#services.map((service) => (service.name in part ? service.view(part[service.name]) : null));
  }

  dropped(part: Parts): unknown {
    return this.#services.map((service) =>
      service.name in part ? (service.dropped?.(part[service.name]) ?? null) : null,
    );
  }
}
