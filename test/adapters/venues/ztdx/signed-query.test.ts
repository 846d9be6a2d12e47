import { expect, test } from 'vitest';
import { signedQuery } from '../../../../src/adapters/venues/ztdx/signed-query.ts';

test("the signature is the one in Binance's own documentation of signed endpoints", () => {
  const query =
    'symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559';
  const secret = 'NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j';
  expect(signedQuery(query, secret)).toBe(
    `${query}&signature=c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71`,
  );
});
