/** A match that may be uncertain: a fact that it turns on is not known. */
export type Tri = 'yes' | 'no' | 'maybe';

/** All must hold. */
export function and(...terms: readonly Tri[]): Tri {
  if (terms.includes('no')) return 'no';
  return terms.includes('maybe') ? 'maybe' : 'yes';
}

/** One must hold. */
export function or(...terms: readonly Tri[]): Tri {
  if (terms.includes('yes')) return 'yes';
  return terms.includes('maybe') ? 'maybe' : 'no';
}

/** The opposite; what may hold may fail. */
export function not(term: Tri): Tri {
  return term === 'maybe' ? 'maybe' : term === 'yes' ? 'no' : 'yes';
}
