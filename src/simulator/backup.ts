import type { Resource } from './state.js';

type Parts = Readonly<Record<string, unknown>>;

/** A copy of the machinery's store, as it was when the life before the last one began. Only kept if it may be restored. */
export class Backup implements Resource<Parts> {
  readonly name = 'backup';
  part: Parts = {};
  readonly #machinery: readonly Resource[];

  constructor(machinery: readonly Resource[]) {
    this.#machinery = machinery;
  }

  take(): void {
    this.part = Object.fromEntries(this.#machinery.map(({ name, part }) => [name, part]));
  }

  restore(): void {
    for (const resource of this.#machinery) {
      if (resource.name in this.part) resource.part = this.part[resource.name];
    }
  }

  view(part: Parts): unknown {
    return this.#machinery.map((resource) => (resource.name in part ? resource.view(part[resource.name]) : null));
  }

  dropped(part: Parts): unknown {
    return this.#machinery.map((resource) =>
      resource.name in part ? (resource.dropped?.(part[resource.name]) ?? null) : null,
    );
  }
}
