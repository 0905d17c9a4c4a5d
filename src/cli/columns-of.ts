/** How wide a stream is. A pipe does not say, and a terminal without a size says 0. */
export function columnsOf({ columns }: { readonly columns?: number }): number {
  return columns === undefined || columns === 0 ? 80 : columns;
}
