import type { Resource } from './state.js';

/** A request whose sender has given up on it. */
export interface LateRequest {
  readonly service: string;
  readonly request: string;
  readonly args: readonly unknown[];
}

interface NetworkState {
  readonly late: readonly LateRequest[];
  /** Requests (`cards.charge`) that are refused for good. */
  readonly refused: readonly string[];
}

/** What lies between the process and the services: it survives the process. */
export class Network implements Resource<NetworkState> {
  readonly name = 'network';
  part: NetworkState = { late: [], refused: [] };

  delay(request: LateRequest): void {
    this.part = { ...this.part, late: [...this.part.late, request] };
  }

  /** How many are on their way. */
  get waiting(): number {
    return this.part.late.length;
  }

  take(index: number): LateRequest {
    const request = this.part.late[index]!;
    this.part = { ...this.part, late: this.part.late.toSpliced(index, 1) };
    return request;
  }

  refuse(effect: string): void {
    if (this.refuses(effect)) return;
    this.part = { ...this.part, refused: [...this.part.refused, effect].sort() };
  }

  refuses(effect: string): boolean {
    return this.part.refused.includes(effect);
  }

  view(part: NetworkState): unknown {
    return part;
  }
}
