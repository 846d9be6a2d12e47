import { expect, test } from 'vitest';
import {
  type LoginTerms,
  readLoginRequest,
} from '../../../../src/adapters/venues/ztdx/login-request.ts';
import { CHAIN_ID, CONTRACT, typedData, WALLET } from './stand-in-ztdx.ts';

const TERMS: LoginTerms = { wallet: WALLET, chainId: CHAIN_ID, verifyingContract: CONTRACT };
const { types, domain, message } = typedData();
const OTHER = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';

test.each([
  { why: 'as documented', raw: typedData() },
  { why: 'without the type of the domain', raw: typedData({ types: { Login: types.Login } }) },
  { why: 'as JSON text', raw: JSON.stringify(typedData()) },
  {
    why: 'addresses in other letter case, chain and figures as text',
    raw: typedData({
      domain: { ...domain, chainId: '421614', verifyingContract: CONTRACT.toLowerCase() },
      message: { ...message, wallet: WALLET.toLowerCase(), timestamp: String(message.timestamp) },
    }),
  },
])('a login is taken: $why', ({ raw }) => {
  const request = readLoginRequest(raw, TERMS);
  expect(request).toMatchObject({
    ok: true,
    value: { wallet: WALLET, nonce: 9007199254740993n, timestamp: 1704070800000n },
  });
});

const order = [
  { name: 'wallet', type: 'address' },
  { name: 'symbol', type: 'string' },
  { name: 'side', type: 'string' },
];
const login = (members: unknown) => typedData({ types: { ...types, Login: members } });
const inDomain = (over: object) => typedData({ domain: { ...domain, ...over } });
const inMessage = (over: object) => typedData({ message: { ...message, ...over } });

test.each([
  { why: 'nothing at all', raw: undefined, fault: 'typed_data' },
  { why: 'text that is no JSON', raw: '{', fault: 'typed_data' },
  { why: 'an order', raw: typedData({ primaryType: 'CreateOrder' }), fault: 'primaryType' },
  {
    why: 'a login in other letters',
    raw: typedData({ primaryType: 'login' }),
    fault: 'primaryType',
  },
  { why: 'no primary type', raw: typedData({ primaryType: undefined }), fault: 'primaryType' },
  {
    why: 'one more type beside it',
    raw: typedData({ types: { ...types, CreateOrder: order } }),
    fault: 'types',
  },
  { why: 'no types', raw: typedData({ types: undefined }), fault: 'types' },
  { why: 'an order called Login', raw: login(order), fault: 'types.Login' },
  {
    why: 'one more member',
    raw: login([...types.Login, { name: 'amount', type: 'uint256' }]),
    fault: 'types.Login',
  },
  { why: 'one member less', raw: login(types.Login.slice(0, 2)), fault: 'types.Login' },
  { why: 'members in another order', raw: login(types.Login.toReversed()), fault: 'types.Login' },
  {
    why: 'a member of another type',
    raw: login([types.Login[0], { name: 'nonce', type: 'bytes32' }, types.Login[2]]),
    fault: 'types.Login',
  },
  {
    why: 'a domain type that leaves the chain out',
    raw: typedData({ types: { ...types, EIP712Domain: types.EIP712Domain.slice(0, 2) } }),
    fault: 'types.EIP712Domain',
  },
  { why: 'another application', raw: inDomain({ name: 'USD Coin' }), fault: 'domain.name' },
  { why: 'another version', raw: inDomain({ version: '2' }), fault: 'domain.version' },
  { why: 'another chain', raw: inDomain({ chainId: 1 }), fault: 'domain.chainId' },
  { why: 'no chain', raw: inDomain({ chainId: undefined }), fault: 'domain.chainId' },
  {
    why: 'another contract',
    raw: inDomain({ verifyingContract: OTHER }),
    fault: 'domain.verifyingContract',
  },
  { why: 'a salt', raw: inDomain({ salt: '0x00' }), fault: 'domain' },
  { why: 'another wallet', raw: inMessage({ wallet: OTHER }), fault: 'message.wallet' },
  { why: 'one more word', raw: inMessage({ amount: '1' }), fault: 'message' },
  { why: 'a negative nonce', raw: inMessage({ nonce: '-1' }), fault: 'message.nonce' },
  {
    why: 'a nonce beyond 256 bits',
    raw: inMessage({ nonce: '9'.repeat(78) }),
    fault: 'message.nonce',
  },
  { why: 'a nonce that lost digits', raw: inMessage({ nonce: 2 ** 53 }), fault: 'message.nonce' },
  { why: 'no timestamp', raw: inMessage({ timestamp: undefined }), fault: 'message.timestamp' },
])('nothing else is signed: $why', ({ raw, fault }) => {
  expect(readLoginRequest(raw, TERMS)).toEqual({ ok: false, error: fault });
});
