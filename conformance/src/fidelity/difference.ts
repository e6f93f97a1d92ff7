/** One thing that a kubelet answered differently than recorded. */
export interface Difference {
  /** E.g. `status`, `header Allow`, `body`, `body .items[0].status`. */
  field: string;
  /** As shown to people; volatile parts are reduced. */
  recorded: string;
  answered: string;
}

/** One difference when the two texts are not the same, else none. */
export function differing(field: string, recorded: string, answered: string): readonly Difference[] {
  return recorded === answered ? [] : [{ field, recorded, answered }];
}
