import { actionStoreContract } from '../../contracts/action-store-contract.ts';
import { alertStoreContract } from '../../contracts/alert-store-contract.ts';
import { storeContract } from '../../contracts/store-contract.ts';
import { tempStore } from '../../fakes/temp-store.ts';

storeContract('SQLite', tempStore);
actionStoreContract('SQLite', tempStore);
alertStoreContract('SQLite', tempStore);
