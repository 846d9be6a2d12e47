import { storeContract } from '../../contracts/store-contract.ts';
import { tempStore } from '../../fakes/temp-store.ts';

storeContract('SQLite', tempStore);
