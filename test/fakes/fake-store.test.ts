import { storeContract } from '../contracts/store-contract.ts';
import { fakeStorePlace } from './fake-store.ts';

storeContract('fake', fakeStorePlace);
