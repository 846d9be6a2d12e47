import { afterAll, beforeAll, describe } from 'vitest';
import { actionStoreContract } from '../../contracts/action-store-contract.ts';
import { alertStoreContract } from '../../contracts/alert-store-contract.ts';
import { storeContract } from '../../contracts/store-contract.ts';
import { hasPostgres, NEEDED, tempDatabase } from '../../fakes/temp-postgres.ts';

describe.skipIf(!hasPostgres)(`PostgreSQL (${NEEDED})`, () => {
  let database: Awaited<ReturnType<typeof tempDatabase>>;
  beforeAll(async () => {
    database = await tempDatabase();
  }, 60_000);
  afterAll(() => database.drop());

  storeContract('PostgreSQL', () => database.place());
  actionStoreContract('PostgreSQL', () => database.place());
  alertStoreContract('PostgreSQL', () => database.place());
});
