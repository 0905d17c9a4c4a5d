/** A request that reached a service. */
export interface AskedRequest {
  readonly request: string;
  readonly args: readonly unknown[];
}

/** Past this number of unlike requests to one service, others say little more. */
const MAX_REQUESTS = 50;

/** The unlike requests that services were sent, whatever state they were in. */
export class Asked {
  readonly #services = new Map<string, Map<string, AskedRequest>>();

  add(service: string, { request, args }: AskedRequest): void {
    let known = this.#services.get(service);
    if (!known) this.#services.set(service, (known = new Map()));
    const text = `${request} ${JSON.stringify(args)}`;
    if (known.size < MAX_REQUESTS && !known.has(text)) known.set(text, { request, args });
  }

  of(service: string): readonly AskedRequest[] {
    return [...(this.#services.get(service)?.values() ?? [])];
  }
}
