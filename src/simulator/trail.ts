import type { AskedRequest } from './asked.js';

/** A request to a service that has a view, with all that anybody can see of its answer, as text. */
export interface Answered extends AskedRequest {
  readonly service: string;
  readonly seen: string;
  /** The index of the moment with which it landed. */
  readonly at: number;
}

/** What one run has asked the services that have views. */
export class Trail {
  readonly answers: Answered[] = [];
  /** Late requests that were left out here as they would have changed nothing. */
  readonly idle: { readonly answered: Answered; readonly after: number }[] = [];
  /** By number, after how many answers: where runs from one state come to the same, one of them goes on for all. */
  readonly places: { readonly place: number; readonly after: number }[] = [];

  add(answered: Answered, isIdle: boolean): void {
    if (isIdle) this.idle.push({ answered, after: this.answers.length });
    else this.answers.push(answered);
  }

  pass(place: number): void {
    this.places.push({ place, after: this.answers.length });
  }
}
