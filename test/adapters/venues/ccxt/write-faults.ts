import type { WriteFault } from '../../../contracts/account-writer.ts';
import type { StubFault, StubReply } from '../../../fakes/stub-http.ts';

const HTML = { headers: { 'content-type': 'text/html' }, body: '<html>bad gateway</html>' };

/**
 * How a stand-in meets a call in this manner; `act` does what was asked and answers. Codes are the
 * venue's, so the stand-in brings them; `not-listening` is for who holds the server.
 */
export function faulty(
  fault: WriteFault,
  act: () => StubReply,
  codes: Readonly<Record<'unknown-outcome-code' | 'unheard-of-code' | 'too-fast', StubReply>>,
): StubReply | StubFault {
  switch (fault) {
    case 'silent':
      return () => undefined;
    case 'silent-done':
      act();
      return () => undefined;
    case 'reset':
      return (response) => response.destroy();
    case 'reset-done':
      act();
      return (response) => response.destroy();
    case 'server-error':
      return { ...HTML, status: 502 };
    case 'html':
      return HTML;
    case 'empty':
      return { body: '' };
    case 'cut':
      return (response) => {
        const text = JSON.stringify(act().body);
        response.writeHead(200, {
          'content-type': 'application/json',
          'content-length': text.length,
        });
        response.write(text.slice(0, 20));
        setImmediate(() => response.destroy());
      };
    case 'not-listening':
      throw new TypeError('nobody listens');
    default:
      return codes[fault];
  }
}
