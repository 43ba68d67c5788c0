import type { Account } from './account/account.ts';
import type { Authorizer } from './authorizer.ts';
import type { Catalog } from './catalog/catalog.ts';

/** All that a run depends on from outside: two seams, and the knowledge. */
export interface World {
  readonly account: Account;
  readonly authorizer: Authorizer;
  readonly catalog: Catalog;
}
