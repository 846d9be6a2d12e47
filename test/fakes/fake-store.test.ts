import { actionStoreContract } from '../contracts/action-store-contract.ts';
import { alertStoreContract } from '../contracts/alert-store-contract.ts';
import { storeContract } from '../contracts/store-contract.ts';
import { fakeStorePlace } from './fake-store.ts';

storeContract('fake', fakeStorePlace);
actionStoreContract('fake', fakeStorePlace);
alertStoreContract('fake', fakeStorePlace);
